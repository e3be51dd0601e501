using Alignment.Evaluation;
using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>What a policy makes of pairs, one by one and without gradients.</summary>
internal static class PairOutcomes
{
    public static PairOutcome[] Of(CausalLanguageModel policy, ReferencePolicy? reference, PairLoss loss, IReadOnlyList<TokenizedPair> pairs)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var layout = TokenLayout.Of(pairs, policy.Device);
        var tokens = policy.TokenLogProbs(layout);
        var referenceTokens = reference?.TokenLogProbs(layout);
        var plain = tokens.Sum().Pairs();
        var plainReference = referenceTokens?.Sum().Pairs() ?? plain;
        var output = loss.call(loss.Pairs(tokens), referenceTokens is null ? null! : loss.Pairs(referenceTokens));
        var numbers = stack(
        [
            output.PerPair, output.ChosenRewards, output.RejectedRewards,
            plain.Chosen, plain.Rejected, plain.Chosen - plainReference.Chosen, plain.Rejected - plainReference.Rejected,
        ], 1).to(ScalarType.Float64).cpu().data<double>().ToArray();   // [B, 7]
        return [.. pairs.Select((pair, i) => new PairOutcome
        {
            Source = pair.Source,
            Loss = numbers[7 * i],
            ChosenReward = numbers[7 * i + 1],
            RejectedReward = numbers[7 * i + 2],
            ChosenLogProb = numbers[7 * i + 3],
            RejectedLogProb = numbers[7 * i + 4],
            ChosenGain = numbers[7 * i + 5],
            RejectedGain = numbers[7 * i + 6],
            ChosenLength = pair.Chosen.Count,
            RejectedLength = pair.Rejected.Count,
        })];
    }
}
