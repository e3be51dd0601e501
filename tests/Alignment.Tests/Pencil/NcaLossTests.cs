using Alignment.Losses;

namespace Alignment.Tests.Pencil;

public sealed class NcaLossTests
{
    [Fact]
    public void A_pair_computed_by_hand()
    {
        // rewards 0.25, -0.125: ln(1 + e^-0.25) + ½ ln(1 + e^0.25) + ½ ln(1 + e^-0.125)
        // d/dr_w = -σ(-0.25) + ½ σ(0.25), d/dr_l = ½ σ(-0.125); times β = 0.5
        OnePair.Costs(new NcaLoss { Beta = 0.5 }, 1.3052086474768498, (-0.07836762433565145, 0.11719765665656094), (0.25, -0.125));
    }
}
