using Alignment.Losses;

namespace Alignment.Tests.Pencil;

public sealed class DiscoPopLossTests
{
    [Fact]
    public void A_pair_computed_by_hand()
    {
        // z = 0.375, τ = 0.5: m = σ(0.75) = 0.679179; (1 - m) ln(1 + e^-0.375) + m e^-0.375
        // m' = m (1 - m) / 0.5; d/dz = m' (e^-0.375 - ln(1 + e^-0.375)) - (1 - m) σ(-0.375) - m e^-0.375; times β = 0.5
        OnePair.Costs(new DiscoPopLoss { Beta = 0.5, Tau = 0.5 }, 0.6346213244194044, (-0.26296578206093557, 0.26296578206093557), (0.25, -0.125));
    }
}
