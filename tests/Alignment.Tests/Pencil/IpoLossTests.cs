using Alignment.Losses;

namespace Alignment.Tests.Pencil;

public sealed class IpoLossTests
{
    [Fact]
    public void Per_token_by_hand()
    {
        // h = 0.5/2 - -0.25/4 = 0.3125; 1 / (2 * 0.5) = 1; (0.3125 - 1)² = 0.47265625
        // d/dh = 2 (0.3125 - 1) = -1.375; by token -1.375/2 and +1.375/4
        OnePair.Costs(new IpoLoss { Beta = 0.5 }, 0.47265625, (-0.6875, 0.34375), (0.25, -0.125));
    }

    [Fact]
    public void Summed_as_in_the_paper_by_hand()
    {
        // h = 0.75; (0.75 - 1)² = 0.0625; d/dh = 2 (0.75 - 1) = -0.5
        OnePair.Costs(new IpoLoss { Beta = 0.5, Normalization = IpoNormalization.Summed }, 0.0625, (-0.5, 0.5), (0.25, -0.125));
    }
}
