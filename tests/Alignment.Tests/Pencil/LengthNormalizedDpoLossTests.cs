using Alignment.Losses;

namespace Alignment.Tests.Pencil;

public sealed class LengthNormalizedDpoLossTests
{
    [Fact]
    public void A_pair_computed_by_hand()
    {
        // z = 2 (0.5/2 - -0.25/4) = 0.625: ln(1 + e^-0.625); -σ(-0.625) times 2/2 and -2/4; rewards 2 * 0.5, 2 * -0.25 of whole responses
        OnePair.Costs(new LengthNormalizedDpoLoss { Beta = 2 }, 0.42870067827651864, (-0.34864513533394575, 0.17432256766697288), (1.0, -0.5));
    }
}
