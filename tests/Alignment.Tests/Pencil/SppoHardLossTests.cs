using Alignment.Losses;

namespace Alignment.Tests.Pencil;

public sealed class SppoHardLossTests
{
    [Fact]
    public void A_pair_computed_by_hand()
    {
        // 1 / (2 * 0.5) = 1: (0.5 - 1)² + (-0.25 + 1)² = 0.25 + 0.5625; slopes 2 * -0.5 and 2 * 0.75
        OnePair.Costs(new SppoHardLoss { Beta = 0.5 }, 0.8125, (-1.0, 1.5), (0.25, -0.125));
    }
}
