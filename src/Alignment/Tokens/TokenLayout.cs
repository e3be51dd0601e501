using System.Globalization;
using static TorchSharp.torch;

namespace Alignment;

/// <summary>A batch without padding: all tokens one after another, a prompt that several responses share stored once.</summary>
/// <remarks>
/// <code>
/// group 0: p p p p c c c r r    tokens [N], N = sum of p + c + r
/// group 1: p p c c c c r        sequences S: the paths p + c and p + r of each group
/// </code>
/// Every layer runs on the <c>[N, H]</c> rows of real tokens. Only attention sees sequences: it gathers its inputs by <see cref="Gather"/>
/// to right-padded <c>[S, L]</c> and takes each token's output back from the one sequence that <see cref="Owner"/> names.
/// Since padding stands at the right of a causal mask, no token looks at it.
/// </remarks>
public sealed class TokenLayout : IDisposable
{
    private TokenLayout(LayoutRows rows, Device device)
    {
        TokenCount = rows.Tokens.Count;
        SequenceCount = rows.Paths.Count;
        MaxLength = rows.Paths.Max(path => path.Length);
        ResponseLengths = rows.ResponseLengths;
        Tokens = OnDevice(rows.Tokens, device);
        Positions = OnDevice(rows.Positions, device);
        Sources = OnDevice(rows.Sources, device);
        Targets = OnDevice(rows.Targets, device);
        SequenceIds = OnDevice(rows.SequenceIds, device);
        Last = OnDevice(rows.Paths.ConvertAll(path => path[^1]), device);
        var (gather, owner) = rows.Places(MaxLength);
        Gather = OnDevice(gather, device);
        Owner = OnDevice(owner, device);
    }

    /// <summary>N, the number of tokens stored.</summary>
    public int TokenCount { get; }

    /// <summary>S, the number of sequences, two for each pair.</summary>
    public int SequenceCount { get; }

    /// <summary>L, the length of the longest sequence.</summary>
    public int MaxLength { get; }

    /// <summary>M, the number of response tokens over all sequences.</summary>
    public int ResponseTokenCount => ResponseLengths.Sum();

    /// <summary>The number of response tokens of each sequence, <c>[S]</c>.</summary>
    public IReadOnlyList<int> ResponseLengths { get; }

    /// <summary>Token ids, int64 <c>[N]</c>.</summary>
    public Tensor Tokens { get; }

    /// <summary>Place of each token in its sequence, int64 <c>[N]</c>; every response goes on after its prompt.</summary>
    public Tensor Positions { get; }

    /// <summary>Row of each place of each sequence, int64 <c>[S * L]</c>; padding repeats row 0, which nothing reads.</summary>
    public Tensor Gather { get; }

    /// <summary>Place <c>s * L + t</c> from which each token takes its attention output, int64 <c>[N]</c>.</summary>
    public Tensor Owner { get; }

    /// <summary>Row of the last token of each sequence, int64 <c>[S]</c>.</summary>
    public Tensor Last { get; }

    /// <summary>Row whose hidden state predicts each response token, int64 <c>[M]</c>.</summary>
    public Tensor Sources { get; }

    /// <summary>Id of each response token, int64 <c>[M]</c>.</summary>
    public Tensor Targets { get; }

    /// <summary>Sequence of each response token, int64 <c>[M]</c>, ascending.</summary>
    public Tensor SequenceIds { get; }

    /// <summary>Lays out pairs: sequence <c>2i</c> is the chosen and <c>2i + 1</c> the rejected response of pair <c>i</c>.</summary>
    /// <param name="pairs">The pairs; at least one.</param>
    /// <param name="device">Where the tensors go; the CPU by default.</param>
    public static TokenLayout Of(IReadOnlyList<TokenizedPair> pairs, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var rows = new LayoutRows();
        foreach (var pair in pairs) rows.Add(pair.Prompt, pair.Chosen, pair.Rejected);
        return Build(rows, device, nameof(pairs));
    }

    /// <summary>Lays out examples, one sequence each.</summary>
    /// <param name="examples">The examples; at least one.</param>
    /// <param name="device">Where the tensors go; the CPU by default.</param>
    public static TokenLayout Of(IReadOnlyList<TokenizedExample> examples, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(examples);
        var rows = new LayoutRows();
        foreach (var example in examples) rows.Add(example.Prompt, example.Response);
        return Build(rows, device, nameof(examples));
    }

    /// <summary>Throws where an id is not below the size of a model's vocabulary, before any native call could.</summary>
    /// <param name="vocabularySize">Number of rows of the model's embedding.</param>
    /// <exception cref="ArgumentException">An id is too large.</exception>
    public void RequireVocabulary(int vocabularySize)
    {
        if (LargestId < vocabularySize) return;
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"Token ids must be below the model's vocabulary of {vocabularySize}; the largest was {LargestId}. Do tokenizer and model belong together?"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[Tokens, Positions, Gather, Owner, Last, Sources, Targets, SequenceIds]) tensor.Dispose();
    }

    private int LargestId { get; init; }

    private static TokenLayout Build(LayoutRows rows, Device? device, string name) =>
        rows.Paths.Count == 0
            ? throw new ArgumentException($"{name} must hold at least one element.", name)
            : new TokenLayout(rows, device ?? CPU) { LargestId = (int)rows.Tokens.Max() };

    private static Tensor OnDevice(IReadOnlyCollection<long> values, Device device) => tensor(values.ToArray(), device: device);
}
