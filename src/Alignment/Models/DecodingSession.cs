using static TorchSharp.torch;

namespace Alignment;

/// <summary>A batch of sequences that grow by one token a step; what was computed for earlier tokens is kept.</summary>
public abstract class DecodingSession : IDisposable
{
    /// <summary>Number of sequences.</summary>
    public abstract int Rows { get; }

    /// <summary>Logits of the token that follows each sequence.</summary>
    /// <value>float32 <c>[Rows, V]</c>, owned by the session and valid until the next <see cref="Append"/>.</value>
    public abstract Tensor Logits { get; }

    /// <summary>Adds a token to each sequence and computes the next logits.</summary>
    /// <param name="tokens">Ids, int64 <c>[Rows]</c>, on the model's device.</param>
    /// <exception cref="InvalidOperationException">There is no room left.</exception>
    public abstract void Append(Tensor tokens);

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
