using static TorchSharp.torch;

namespace Alignment;

/// <summary>A batch of sequences that grow by one token a step; what was computed for earlier tokens is kept.</summary>
public abstract class DecodingSession : IDisposable
{
    /// <summary>Number of sequences.</summary>
    public abstract int Rows { get; }

    /// <summary>Logits of the token that follows each sequence.</summary>
    /// <value>float32 <c>[Rows, V]</c>, owned by the session and valid until the next <see cref="Append"/> or <see cref="Keep"/>.</value>
    public abstract Tensor Logits { get; }

    /// <summary>Adds a token to each sequence and computes the next logits.</summary>
    /// <param name="tokens">Ids, int64 <c>[Rows]</c>, on the model's device.</param>
    /// <exception cref="InvalidOperationException">There is no room left.</exception>
    public abstract void Append(Tensor tokens);

    /// <summary>Goes on with some of the sequences; the others are forgotten.</summary>
    /// <param name="rows">Their indices in rising order, from 0, at least one; they are numbered anew in this order.</param>
    /// <exception cref="ArgumentException">The indices are not that.</exception>
    public abstract void Keep(IReadOnlyList<int> rows);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the tensors of the session.</summary>
    /// <param name="disposing">True when called from <see cref="Dispose()"/>.</param>
    protected abstract void Dispose(bool disposing);
}
