using Alignment.Rl;

namespace Alignment.Training;

/// <summary>How much a nat of divergence from the reference costs, as a part of the reward.</summary>
public sealed record KlOptions
{
    /// <summary>How the divergence at a token is estimated.</summary>
    /// <value>The default is <see cref="KlK1"/>.</value>
    public KlEstimator Estimator { get; init => field = Ensure.NotNull(value); } = new KlK1();

    /// <summary>The coefficient β, reward per nat; where it begins if it adapts.</summary>
    /// <value>The default is 0.05. Finite and at least 0; greater than 0 with a <see cref="Target"/>.</value>
    public double Coefficient { get; init => field = Ensure.NotNegative(value); } = 0.05;

    /// <summary>The divergence to steer towards by an <see cref="AdaptiveKlController"/>, nats a response.</summary>
    /// <value>The default is null: β stays. Finite and greater than 0; 6 is usual.</value>
    public double? Target { get; init => field = value is double target ? Ensure.Positive(target) : null; }

    /// <summary>The number of responses over which an error acts in full.</summary>
    /// <value>The default is 10,000. Finite and greater than 0.</value>
    public double Horizon { get; init => field = Ensure.Positive(value); } = 10_000;

    internal KlController NewController() => Target is double target
        ? new AdaptiveKlController { Coefficient = Coefficient, Target = target, Horizon = Horizon }
        : new FixedKlController { Coefficient = Coefficient };
}
