namespace Alignment.Rl;

/// <summary>Decides how much a nat of divergence from the reference costs.</summary>
public abstract class KlController
{
    /// <summary>The coefficient β, reward per nat.</summary>
    public abstract double Coefficient { get; init; }

    /// <summary>Everything that changes in a run, for a checkpoint.</summary>
    public KlControllerState State => new(Coefficient);

    /// <summary>Goes on from a saved state.</summary>
    /// <param name="state">What <see cref="State"/> gave.</param>
    /// <exception cref="ArgumentException">The state is not one that this controller can have.</exception>
    public abstract void Restore(KlControllerState state);

    /// <summary>Learns from a batch.</summary>
    /// <param name="kl">Divergence of the batch: the sum over the tokens of a response, mean over responses, nats. Estimates may be negative.</param>
    /// <param name="episodes">Number of responses in the batch; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The divergence is not finite, or there is no response.</exception>
    public abstract void Update(double kl, int episodes);
}
