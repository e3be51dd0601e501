using Alignment.Losses;

namespace Alignment.Tests.Pencil;

public sealed class SimPoLossTests
{
    [Fact]
    public void A_pair_computed_by_hand()
    {
        // policy -1 and -3: rewards 2 * -1/2 = -1 and 2 * -3/4 = -1.5; z = -1 + 1.5 - 0.4 = 0.1; loss = ln(1 + e^-0.1)
        // dz/dlog π_w = 2/2 = 1, dz/dlog π_l = -2/4; d/dz = -σ(-0.1)
        OnePair.Costs(new SimPoLoss { Beta = 2, Gamma = 0.4 }, 0.6443966600735709, (-0.47502081252106, 0.23751040626053), (-1.0, -1.5), OnePair.Policy(-1, -3));
    }
}
