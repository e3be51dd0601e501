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
    private readonly LayoutGroup[] _groups;

    private TokenLayout(LayoutGroup[] groups, LayoutRows rows, Device device)
    {
        _groups = groups;
        TokenCount = rows.Tokens.Length;
        SequenceCount = rows.Last.Length;
        MaxLength = rows.MaxLength;
        ResponseLengths = rows.TargetCounts;
        ResponseTokenCount = rows.Targets.Length;
        (Prompts, Responses) = (rows.Prompts, rows.Responses);
        LargestId = (int)rows.Tokens.Max();
        Tokens = tensor(rows.Tokens, device: device);
        Positions = tensor(rows.Positions, device: device);
        Sources = tensor(rows.Sources, device: device);
        Targets = tensor(rows.Targets, device: device);
        SequenceIds = tensor(rows.SequenceIds, device: device);
        Last = tensor(rows.Last, device: device);
        Gather = tensor(rows.Gather, device: device);
        Owner = tensor(rows.Owner, device: device);
    }

    /// <summary>N, the number of tokens stored.</summary>
    public int TokenCount { get; }

    /// <summary>S, the number of sequences, two for each pair.</summary>
    public int SequenceCount { get; }

    /// <summary>L, the length of the longest sequence.</summary>
    public int MaxLength { get; }

    /// <summary>M, the number of predicted response tokens over all sequences.</summary>
    public int ResponseTokenCount { get; }

    /// <summary>
    /// The number of predicted tokens of each sequence, <c>[S]</c>: those of its response, or those that <see cref="TokenizedExample.Mask"/> counts.
    /// </summary>
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

    /// <summary>Row whose hidden state predicts each target, int64 <c>[M]</c>.</summary>
    public Tensor Sources { get; }

    /// <summary>Id of each response token that counts, int64 <c>[M]</c>: a token that a mask leaves out is read by those after it and not predicted.</summary>
    public Tensor Targets { get; }

    /// <summary>Sequence of each target, int64 <c>[M]</c>, ascending.</summary>
    public Tensor SequenceIds { get; }

    /// <summary>Lays out pairs: sequence <c>2i</c> is the chosen and <c>2i + 1</c> the rejected response of pair <c>i</c>.</summary>
    /// <param name="pairs">The pairs; at least one.</param>
    /// <param name="device">Where the tensors go; the CPU by default.</param>
    public static TokenLayout Of(IReadOnlyList<TokenizedPair> pairs, Device? device = null) =>
        Build(pairs, static pair => new LayoutGroup(pair.Prompt, pair.Chosen, pair.Rejected), device, nameof(pairs));

    /// <summary>Lays out examples, one sequence each.</summary>
    /// <param name="examples">The examples; at least one.</param>
    /// <param name="device">Where the tensors go; the CPU by default.</param>
    public static TokenLayout Of(IReadOnlyList<TokenizedExample> examples, Device? device = null) =>
        Build(examples, static example => new LayoutGroup(example.Prompt, example.Response, Mask: example.Mask), device, nameof(examples));

    /// <summary>Lays out judged responses, one sequence each.</summary>
    /// <param name="responses">The responses; at least one.</param>
    /// <param name="device">Where the tensors go; the CPU by default.</param>
    public static TokenLayout Of(IReadOnlyList<TokenizedResponse> responses, Device? device = null) =>
        Build(responses, static response => new LayoutGroup(response.Prompt, response.Response), device, nameof(responses));

    /// <summary>Throws where an id is not below the size of a model's vocabulary, before any native call could.</summary>
    /// <param name="vocabularySize">Number of rows of the model's embedding.</param>
    /// <exception cref="ArgumentException">An id is too large.</exception>
    public void RequireVocabulary(int vocabularySize)
    {
        if (LargestId < vocabularySize) return;
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"Token ids must be below the model's vocabulary of {vocabularySize}; the largest was {LargestId}. Do tokenizer and model belong together?"));
    }

    /// <summary>What tells each sequence and its predicted tokens from every other, <c>[S]</c>; the same on every machine.</summary>
    internal IEnumerable<SequenceKey> Keys() => _groups.SelectMany(group => group.Second is null
        ? (SequenceKey[])[SequenceKey.Of(group.Prompt, group.First, group.Mask)]
        : [SequenceKey.Of(group.Prompt, group.First, group.Mask), SequenceKey.Of(group.Prompt, group.Second, null)]);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[Tokens, Positions, Gather, Owner, Last, Sources, Targets, SequenceIds]) tensor.Dispose();
    }

    /// <summary>Where the prompts lie: fewer than <see cref="Responses"/> where responses share one.</summary>
    internal IReadOnlyList<LayoutSpan> Prompts { get; }

    /// <summary>Where the response of each sequence lies.</summary>
    internal IReadOnlyList<LayoutSpan> Responses { get; }

    private int LargestId { get; }

    private static TokenLayout Build<TRow>(IReadOnlyList<TRow> rows, Func<TRow, LayoutGroup> group, Device? device, string name)
    {
        ArgumentNullException.ThrowIfNull(rows, name);
        if (rows.Count == 0) throw new ArgumentException($"{name} must hold at least one element.", name);
        LayoutGroup[] groups = [.. rows.Select(group)];
        return new TokenLayout(groups, new LayoutRows(groups), device ?? CPU);
    }
}
