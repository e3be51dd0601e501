using Alignment.Losses;

namespace Alignment.Tests.Pencil;

public sealed class ExoLossTests
{
    [Fact]
    public void A_pair_computed_by_hand()
    {
        // q = σ(0.375) = 0.592667, ε = 0.1: q ln(q / 0.9) + (1 - q) ln((1 - q) / 0.1)
        // d/dz = q (1 - q) [ln(q / (1 - q)) - ln(0.9 / 0.1)] = q (1 - q) (0.375 - ln 9); times β = 0.5
        OnePair.Costs(new ExoLoss { Beta = 0.5, LabelSmoothing = 0.1 }, 0.3244901842516067, (-0.21995426097458592, 0.21995426097458592), (0.25, -0.125));
    }
}
