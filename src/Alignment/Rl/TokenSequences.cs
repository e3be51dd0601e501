using System.Globalization;
using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Rl;

/// <summary>Where each response lies in a flat row of tokens: the tokens of all S responses one after another, M in all, with no padding.</summary>
/// <remarks>Everything per token is <c>[M]</c> in this order, everything per response <c>[S]</c>. Every token counts, so there is no mask and no sentinel.</remarks>
public sealed class TokenSequences
{
    private readonly int[] lengths;
    private readonly int[] offsets;

    private TokenSequences(int[] lengths, int[] offsets)
    {
        this.lengths = lengths;
        this.offsets = offsets;
        TokenCount = offsets[^1] + lengths[^1];
    }

    /// <summary>Number of tokens of each response, <c>[S]</c>.</summary>
    public IReadOnlyList<int> Lengths => lengths;

    /// <summary>Place of the first token of each response, <c>[S]</c>.</summary>
    public IReadOnlyList<int> Offsets => offsets;

    /// <summary>S, the number of responses.</summary>
    public int SequenceCount => lengths.Length;

    /// <summary>M, the number of tokens of all responses.</summary>
    public int TokenCount { get; }

    /// <summary>Responses of given lengths, one after another.</summary>
    /// <param name="lengths">Number of tokens of each response; at least one response, and at least one token each.</param>
    /// <exception cref="ArgumentException">There is no response, or one has no token.</exception>
    public static TokenSequences Of(IReadOnlyList<int> lengths)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        if (lengths.Count == 0) throw new ArgumentException("lengths must hold at least one response.", nameof(lengths));
        var offsets = new int[lengths.Count];
        for (var s = 0; s < lengths.Count; s++)
        {
            if (lengths[s] < 1)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"lengths must be at least 1. Response {s} has {lengths[s]} tokens."), nameof(lengths));
            if (s > 0) offsets[s] = checked(offsets[s - 1] + lengths[s - 1]);
        }

        return new TokenSequences([.. lengths], offsets);
    }

    /// <summary>Place of the last token of each response.</summary>
    /// <param name="device">Where the tensor goes; the CPU by default.</param>
    /// <returns>int64 <c>[S]</c>.</returns>
    public Tensor LastTokens(Device? device = null) =>
        tensor(offsets.Zip(lengths, (offset, length) => (long)offset + length - 1).ToArray(), device: device ?? CPU);

    /// <summary>Response of each token.</summary>
    /// <param name="device">Where the tensor goes; the CPU by default.</param>
    /// <returns>int64 <c>[M]</c>, ascending.</returns>
    public Tensor SequenceIds(Device? device = null) =>
        tensor(lengths.SelectMany((length, s) => Enumerable.Repeat((long)s, length)).ToArray(), device: device ?? CPU);

    /// <summary>Adds up the tokens of each response.</summary>
    /// <param name="values">One number for each token, <c>[M]</c>.</param>
    /// <returns>The sums, <c>[S]</c>; with gradient.</returns>
    /// <exception cref="ArgumentException">The values are not <c>[M]</c>.</exception>
    public Tensor Sums(Tensor values)
    {
        RequireTokens(values, nameof(values));
        using var scope = NewDisposeScope();
        return zeros(SequenceCount, dtype: values.dtype, device: values.device).index_add(0, SequenceIds(values.device), values, 1).MoveToOuterDisposeScope();
    }

    /// <summary>Requires one number for each token.</summary>
    internal void RequireTokens(Tensor values, string name) => Require(values, TokenCount, "M", "token", name);

    /// <summary>Requires one number for each response.</summary>
    internal void RequireSequences(Tensor values, string name) => Require(values, SequenceCount, "S", "response", name);

    private static void Require(Tensor values, int count, string letter, string each, string name)
    {
        var shape = string.Create(CultureInfo.InvariantCulture, $"[{letter}] with one number for each {each}, {letter} = {count}");
        if (VectorInputs.NotEmpty(values, name, shape).shape[0] != count) throw new ArgumentException($"{name} must be {shape}; got {values}.", name);
    }
}
