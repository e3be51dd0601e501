using System.Globalization;

namespace Alignment.Rl;

/// <summary>
/// Steers the divergence towards a target: <c>β ← β (1 + e n / horizon)</c> with <c>e = clip(kl / target - 1, ±0.2)</c> after n responses.
/// </summary>
/// <remarks>Ziegler et al. 2019 (arXiv 1909.08593), section 2.2; constants of their code.</remarks>
public sealed class AdaptiveKlController : KlController
{
    private double coefficient = 0.2;

    /// <inheritdoc/>
    /// <value>It starts at 0.2 by default. Finite and greater than 0.</value>
    public override double Coefficient { get => coefficient; init => coefficient = Ensure.Positive(value); }

    /// <summary>The divergence wanted, nats for each response.</summary>
    /// <value>The default is 6. Finite and greater than 0.</value>
    public double Target { get; init => field = Ensure.Positive(value); } = 6;

    /// <summary>The number of responses over which an error acts in full.</summary>
    /// <value>The default is 10,000. Finite and greater than 0.</value>
    public double Horizon { get; init => field = Ensure.Positive(value); } = 10_000;

    /// <summary>Bound on the relative error of one batch.</summary>
    /// <value>The default is 0.2. Finite and greater than 0.</value>
    public double ErrorClip { get; init => field = Ensure.Positive(value); } = 0.2;

    /// <inheritdoc/>
    public override void Restore(KlControllerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        coefficient = Ensure.Positive(state.Coefficient, nameof(state));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The batch is as large as the horizon over the error's bound: the coefficient could fall to 0.</exception>
    public override void Update(double kl, int episodes)
    {
        Ensure.Finite(kl, nameof(kl));
        Ensure.AtLeast(episodes, 1, nameof(episodes));
        if (ErrorClip * episodes >= Horizon)
            throw new ArgumentOutOfRangeException(nameof(episodes), episodes, string.Create(CultureInfo.InvariantCulture, $"episodes must be below Horizon / ErrorClip = {Horizon / ErrorClip}."));
        var error = Math.Clamp(kl / Target - 1, -ErrorClip, ErrorClip);
        coefficient *= 1 + error * episodes / Horizon;
    }
}
