using Alignment.Rl;

namespace Alignment.Tests.Pencil;

public sealed class KlControllerTests
{
    [Theory]
    // e = clip(kl / 6 - 1, ±0.2), β = 0.2 (1 + e * 500 / 10,000)
    [InlineData(6.0, 0.2)]      // e = 0
    [InlineData(6.6, 0.201)]    // e = 0.1: 0.2 * 1.005
    [InlineData(60.0, 0.202)]   // e = 9 -> 0.2: 0.2 * 1.01
    [InlineData(5.4, 0.199)]    // e = -0.1
    [InlineData(-3.0, 0.198)]   // e = -1.5 -> -0.2: an estimate may be negative
    public void The_coefficient_follows_the_error(double kl, double expected)
    {
        var controller = new AdaptiveKlController();
        controller.Update(kl, 500);
        Near.Equal(expected, controller.Coefficient, 1e-15);
    }

    [Fact]
    public void Two_updates_multiply()
    {
        // target 2, horizon 100: kl 2.2, 10 responses: 1 + 0.1 * 0.1 = 1.01; kl 1.9: 1 - 0.05 * 0.1 = 0.995; 1 * 1.01 * 0.995 = 1.00495
        var controller = new AdaptiveKlController { Coefficient = 1, Target = 2, Horizon = 100 };
        controller.Update(2.2, 10);
        controller.Update(1.9, 10);
        Near.Equal(1.00495, controller.Coefficient, 1e-14);
    }

    [Fact]
    public void A_restored_controller_goes_on_where_the_saved_one_stood()
    {
        var (saved, restored) = (new AdaptiveKlController(), new AdaptiveKlController());
        saved.Update(9, 512);
        restored.Restore(saved.State);
        saved.Update(3, 512);
        restored.Update(3, 512);
        Assert.Equal(saved.State, restored.State);
    }

    [Fact]
    public void A_fixed_coefficient_never_moves()
    {
        var controller = new FixedKlController { Coefficient = 0.1 };
        controller.Update(1e4, 500);
        Assert.Equal(0.1, controller.Coefficient);
        controller.Restore(new KlControllerState(0.1));
        Assert.StartsWith("A fixed coefficient of 0.1 can't go on from a state with 0.2.", Assert.Throws<ArgumentException>(() => controller.Restore(new KlControllerState(0.2))).Message, StringComparison.Ordinal);
        Assert.Equal(0.05, new FixedKlController().Coefficient);
    }

    [Fact]
    public void Settings_and_inputs_are_checked()
    {
        var usual = new AdaptiveKlController();
        Assert.Equal((0.2, 6.0, 10_000.0, 0.2), (usual.Coefficient, usual.Target, usual.Horizon, usual.ErrorClip));
        Assert.StartsWith("Coefficient must be", Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveKlController { Coefficient = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("Target must be", Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveKlController { Target = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("Horizon must be", Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveKlController { Horizon = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("ErrorClip must be", Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveKlController { ErrorClip = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("Coefficient must be", Assert.Throws<ArgumentOutOfRangeException>(() => new FixedKlController { Coefficient = -1 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("kl must be a finite number", Assert.Throws<ArgumentOutOfRangeException>(() => usual.Update(double.NaN, 1)).Message, StringComparison.Ordinal);
        Assert.StartsWith("episodes must be at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => usual.Update(1, 0)).Message, StringComparison.Ordinal);
        Assert.StartsWith("episodes must be below Horizon / ErrorClip = 50000.", Assert.Throws<ArgumentOutOfRangeException>(() => usual.Update(1, 50_000)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => usual.Restore(new KlControllerState(double.NaN)));
        Assert.Equal(0.2, usual.Coefficient);
    }
}
