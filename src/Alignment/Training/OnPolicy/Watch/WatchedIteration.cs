namespace Alignment.Training;

/// <summary>What the watch keeps of an iteration.</summary>
/// <param name="Kl">Divergence from the reference, nats a response (k3).</param>
/// <param name="Length">Tokens a response.</param>
/// <param name="Entropy">Nats a token.</param>
/// <param name="Repetition">Share of repeated pairs of tokens.</param>
/// <param name="Ended">Share of responses with an end.</param>
internal readonly record struct WatchedIteration(double Kl, double Length, double Entropy, double Repetition, double Ended)
{
    public static WatchedIteration Of(OnPolicyStep step) =>
        new(step.KlK3, step.ResponseLength, step.Entropy / step.ResponseLength, step.Repetition, (double)step.Ended / step.Responses);

    public static WatchedIteration Mean(IReadOnlyList<WatchedIteration> all) =>
        new(all.Average(i => i.Kl), all.Average(i => i.Length), all.Average(i => i.Entropy), all.Average(i => i.Repetition), all.Average(i => i.Ended));
}
