using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>Self-Play Preference Optimization with hard labels: <c>(r_w - 1 / (2β))² + (r_l + 1 / (2β))²</c> with <c>r = log π - log ref</c>.</summary>
/// <remarks>Wu et al. 2024 (arXiv 2405.00675), eq. 4.7 with η = 1/β and the winning probability set to 1 for the chosen and 0 for the other response.</remarks>
public sealed class SppoHardLoss : PairLoss
{
    /// <summary>Strength of the pull towards the reference, per nat.</summary>
    /// <value>The default is 0.1. Finite and greater than 0.</value>
    public double Beta { get; init => field = Ensure.Positive(value); } = 0.1;

    /// <summary>The divergence from the reference.</summary>
    /// <value>The default is <see cref="ReverseKl"/>.</value>
    public FDivergence Divergence { get; init => field = Ensure.NotNull(value); } = new ReverseKl();

    /// <inheritdoc/>
    public override PairLossOutput forward(PairLogProbs input1, PairLogProbs input2)
    {
        var (policy, reference) = PairInputs.Checked(input1, input2);
        using var scope = NewDisposeScope();
        var ratios = LogRatios.Of(policy, reference);   // [B] nats
        var (chosen, rejected) = ratios.Scores(Divergence);
        var wanted = 0.5 / Beta;                        // nats above and below the reference
        return ratios.Output(Saturation.Square(chosen - wanted) + Saturation.Square(rejected + wanted), Beta);
    }
}
