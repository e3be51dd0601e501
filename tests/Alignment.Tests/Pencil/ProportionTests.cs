using Alignment.Evaluation;

namespace Alignment.Tests.Pencil;

public sealed class ProportionTests
{
    [Fact]
    public void Wilsons_interval_computed_by_hand()
    {
        // 8 of 10, z² = 3.841459: centre (0.8 + 0.19207294) / 1.38414588 = 0.71674015,
        // half = 1.95996398 sqrt(0.016 + 0.00960365) / 1.38414588 = 0.22657768
        var (low, high) = new Proportion(8, 10).Interval;
        Near.Equal(0.49016247, low, 1e-6);
        Near.Equal(0.94331783, high, 1e-6);
    }

    [Fact]
    public void All_successes_leave_room_below()
    {
        // n = 10: low = n / (n + z²) = 10 / 13.841459
        var (low, high) = new Proportion(10, 10).Interval;
        Near.Equal(10 / 13.841458821, low, 1e-9);
        Near.Equal(1, high, 1e-12);
    }
}
