using Alignment.Losses;

namespace Alignment.Tests.Pencil;

public sealed class WeightedSumLossTests
{
    [Fact]
    public void A_pair_computed_by_hand()
    {
        // 0.8 DPO + 2 hinge: 0.8 ln(1 + e^-0.375) + 2 (1 - 0.25 * 0.75); slopes 0.8 * -0.5 σ(-0.375) - 2 * 0.25; rewards of DPO
        OnePair.Costs(new WeightedSumLoss((0.8, new DpoLoss { Beta = 0.5 }), (2, new HingeLoss { Beta = 0.25 })), 2.043498611311872, (-0.6629333600183721, 0.6629333600183721), (0.25, -0.125));
    }

    [Fact]
    public void Its_terms_are_checked_where_they_are_written()
    {
        Assert.StartsWith("A weighted sum needs at least one loss.", Assert.Throws<ArgumentException>(() => new WeightedSumLoss()).Message, StringComparison.Ordinal);
        Assert.StartsWith("terms[1].Weight must be a finite number, 0 or greater.", Assert.Throws<ArgumentOutOfRangeException>(() => new WeightedSumLoss((1, new DpoLoss()), (-1, new BcoLoss()))).Message, StringComparison.Ordinal);
        Assert.Equal("terms[0].Loss", Assert.Throws<ArgumentNullException>(() => new WeightedSumLoss((1, null!))).ParamName);
        Assert.StartsWith("terms[0].Loss must take plain sums over tokens", Assert.Throws<ArgumentException>(() => new WeightedSumLoss((1, new LengthDesensitizedLoss()))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_needs_a_reference_if_one_of_its_terms_does()
    {
        using var with = new WeightedSumLoss((1, new ChosenNllLoss()), (1, new DpoLoss()));
        using var without = new WeightedSumLoss((1, new ChosenNllLoss()), (1, new SimPoLoss()));
        Assert.True(with.NeedsReference);
        Assert.False(without.NeedsReference);
    }
}
