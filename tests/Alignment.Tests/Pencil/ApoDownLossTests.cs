using Alignment.Losses;

namespace Alignment.Tests.Pencil;

public sealed class ApoDownLossTests
{
    [Fact]
    public void A_pair_computed_by_hand()
    {
        // σ(0.25) + 1 - σ(0.375); d/dlog π_w = 0.5 (σ'(0.25) - σ'(0.375)), d/dlog π_l = 0.5 σ'(0.375), σ' = σ(x) σ(-x)
        OnePair.Costs(new ApoDownLoss { Beta = 0.5 }, 0.9695099009317285, (0.0023605907423229766, 0.1207064506264762), (0.25, -0.125));
    }
}
