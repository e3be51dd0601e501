using Alignment.Losses;

namespace Alignment.Tests.Pencil;

public sealed class BcoLossTests
{
    [Fact]
    public void A_pair_computed_by_hand()
    {
        // rewards 0.25, -0.125: ln(1 + e^-0.25) + ln(1 + e^-0.125); slopes -σ(-0.25) and σ(-0.125), times β = 0.5
        OnePair.Costs(new BcoLoss { Beta = 0.5 }, 1.2085384551960128, (-0.21891174955710097, 0.23439531331312188), (0.25, -0.125));
    }
}
