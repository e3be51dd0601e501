using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Losses;

/// <summary>Bradley-Terry with margin and centering: <c>-log σ(c - r - m) + γ (c + r)²</c> for rewards <c>c</c> (chosen) and <c>r</c> (rejected).</summary>
/// <remarks>
/// Bradley and Terry 1952 as in Ouyang et al. 2022 (arXiv 2203.02155), eq. 1; the margin <c>m</c> is that of Touvron et al. 2023
/// (arXiv 2307.09288), eq. 2; the centering term, which takes away the freedom to add a constant to all rewards, that of
/// Eisenstein et al. 2023 (arXiv 2312.09244), eq. 2.
/// </remarks>
public sealed class BradleyTerryLoss : RewardLoss
{
    /// <summary>Weight of the centering term, <c>γ</c>: how strongly the two rewards of a pair are held around 0.</summary>
    /// <value>The default is 0, which leaves the term out; 0.01 is usual. Finite and at least 0.</value>
    public double CenterRewardsCoefficient { get; init => field = Ensure.NotNegative(value); }

    /// <inheritdoc/>
    public override RewardLossOutput forward(PairRewards input)
    {
        var (chosen, rejected, margin) = Checked(input);
        using var scope = NewDisposeScope();
        var lead = chosen - rejected;                               // [B] log-odds that the chosen response wins
        var loss = -F.logsigmoid(margin is null ? lead : lead - margin);
        if (CenterRewardsCoefficient > 0) loss += CenterRewardsCoefficient * (chosen + rejected).square();
        return new RewardLossOutput(loss.MoveToOuterDisposeScope(), lead.detach().MoveToOuterDisposeScope());
    }

    private static PairRewards Checked(PairRewards input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var chosen = VectorInputs.NotEmpty(input.Chosen, "Chosen", "[B] with at least one pair");
        VectorInputs.Like(chosen, "Chosen", input.Rejected, "Rejected");
        if (input.Margin is { } margin) VectorInputs.Like(chosen, "Chosen", margin, "Margin");
        return input;
    }
}
