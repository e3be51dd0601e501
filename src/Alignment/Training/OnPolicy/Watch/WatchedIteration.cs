namespace Alignment.Training;

/// <summary>What the watch keeps of an iteration.</summary>
/// <param name="Kl">Divergence from the reference, nats a response (k3).</param>
/// <param name="Length">Tokens a response.</param>
/// <param name="Entropy">Nats a token.</param>
/// <param name="Repetition">Share of repeated pairs of tokens.</param>
/// <param name="Ended">Share of responses with an end.</param>
/// <param name="KlK1">Divergence by k1, nats a response; may be negative.</param>
/// <param name="SamplerKl">Divergence of what was drawn from from what is scored, nats a token.</param>
internal readonly record struct WatchedIteration(double Kl, double Length, double Entropy, double Repetition, double Ended, double KlK1, double SamplerKl)
{
    public static WatchedIteration Of(OnPolicyStep step) =>
        new(step.KlK3, step.ResponseLength, step.Entropy / step.ResponseLength, step.Repetition, (double)step.Ended / step.Responses, step.KlK1, step.SamplerKl);

    public static WatchedIteration Mean(IReadOnlyList<WatchedIteration> all) =>
        new(all.Average(i => i.Kl), all.Average(i => i.Length), all.Average(i => i.Entropy), all.Average(i => i.Repetition), all.Average(i => i.Ended), all.Average(i => i.KlK1), all.Average(i => i.SamplerKl));
}
