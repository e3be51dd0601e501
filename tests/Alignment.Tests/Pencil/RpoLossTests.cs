using Alignment.Losses;

namespace Alignment.Tests.Pencil;

public sealed class RpoLossTests
{
    [Fact]
    public void A_pair_computed_by_hand()
    {
        // DPO ln(1 + e^-0.375) plus 0.3 * 1 nat / 2 tokens; slope -0.5 σ(-0.375) - 0.3/2
        OnePair.Costs(new RpoLoss { Beta = 0.5, NllWeight = 0.3 }, 0.67312326413984, (-0.35366670002296513, 0.20366670002296514), (0.25, -0.125));
    }
}
