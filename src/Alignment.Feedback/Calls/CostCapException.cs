using System.Globalization;

namespace Alignment.Feedback;

/// <summary>The next call could cost more than is left of <see cref="CallPipelineOptions.CostCap"/>; it was not made.</summary>
/// <remarks>What was answered before is in the journal: with a higher cap the same rows go on from there.</remarks>
public sealed class CostCapException : Exception
{
    internal CostCapException(decimal cap, decimal spent, decimal needed) : base(string.Create(CultureInfo.InvariantCulture,
        $"The next call may cost up to {needed:0.######}, and {spent:0.######} of {cap:0.######} ({nameof(CallPipelineOptions.CostCap)}) is spent. What was answered so far is kept.")) =>
        (Cap, Spent, Needed) = (cap, spent, needed);

    /// <summary>What may be spent in all, in the currency of the prices.</summary>
    public decimal Cap { get; }

    /// <summary>What is spent, earlier runs with the same journal included.</summary>
    public decimal Spent { get; }

    /// <summary>What the next call could cost at most.</summary>
    public decimal Needed { get; }

    /// <summary>Rows that were done, set by <see cref="CallPipeline.MapAsync"/>.</summary>
    public int FinishedRows { get; internal set; }
}
