using System.Globalization;

namespace Alignment.Rl;

/// <summary>Keeps the coefficient as it was written.</summary>
public sealed class FixedKlController : KlController
{
    /// <inheritdoc/>
    /// <value>The default is 0.05. Finite and at least 0.</value>
    public override double Coefficient { get; init => field = Ensure.NotNegative(value); } = 0.05;

    /// <inheritdoc/>
    public override void Restore(KlControllerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Coefficient != Coefficient)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A fixed coefficient of {Coefficient} can't go on from a state with {state.Coefficient}."), nameof(state));
    }

    /// <inheritdoc/>
    public override void Update(double kl, int episodes)
    {
        Ensure.Finite(kl, nameof(kl));
        Ensure.AtLeast(episodes, 1, nameof(episodes));
    }
}
