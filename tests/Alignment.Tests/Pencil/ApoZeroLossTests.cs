using Alignment.Losses;

namespace Alignment.Tests.Pencil;

public sealed class ApoZeroLossTests
{
    [Fact]
    public void A_pair_computed_by_hand()
    {
        // 1 - σ(0.5 * 0.5) + σ(0.5 * -0.25) = 1 - σ(0.25) + σ(-0.125); σ' = σ(x) σ(-x); times β = 0.5
        OnePair.Costs(new ApoZeroLoss { Beta = 0.5 }, 0.9066141257404456, (-0.12306704136879917, 0.12451298750680875), (0.25, -0.125));
    }
}
