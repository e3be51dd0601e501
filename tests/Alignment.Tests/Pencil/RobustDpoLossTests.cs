using Alignment.Losses;

namespace Alignment.Tests.Pencil;

public sealed class RobustDpoLossTests
{
    [Fact]
    public void A_pair_computed_by_hand()
    {
        // z = 0.5 * 0.75 = 0.375, ε = 0.2: (0.8 ln(1 + e^-0.375) - 0.2 ln(1 + e^0.375)) / (1 - 0.4)
        // d/dz = -(0.8 σ(-0.375) + 0.2 σ(0.375)) / 0.6; times β = 0.5
        OnePair.Costs(new RobustDpoLoss { Beta = 0.5, LabelSmoothing = 0.2 }, 0.39812326413984006, (-0.37033336668963185, 0.37033336668963185), (0.25, -0.125));
    }

    [Fact]
    public void Without_flipped_labels_it_is_DPO()
    {
        // ε = 0: ln(1 + e^-0.375); -0.5 σ(-0.375)
        OnePair.Costs(new RobustDpoLoss { Beta = 0.5, LabelSmoothing = 0 }, 0.52312326413984, (-0.20366670002296514, 0.20366670002296514), (0.25, -0.125));
    }
}
