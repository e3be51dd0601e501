using Alignment.Losses;

namespace Alignment.Tests.Pencil;

public sealed class HingeLossTests
{
    [Fact]
    public void A_pair_computed_by_hand()
    {
        // 1 - 0.5 * 0.75 = 0.625; the slope is -β
        OnePair.Costs(new HingeLoss { Beta = 0.5 }, 0.625, (-0.5, 0.5), (0.25, -0.125));
    }

    [Fact]
    public void Beyond_the_margin_a_pair_costs_nothing()
    {
        // 1 - 2 * 0.75 = -0.5 -> 0; rewards 2 * 0.5, 2 * -0.25
        OnePair.Costs(new HingeLoss { Beta = 2 }, 0.0, (0.0, 0.0), (1.0, -0.5));
    }
}
