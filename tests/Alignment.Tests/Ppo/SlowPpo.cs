using Alignment.Training;

namespace Alignment.Tests.Ppo;

/// <summary>
/// PPO on a table of logits, written out in loops over doubles from the papers: sampling, divergence, advantages, clipped losses, their gradients by
/// hand, clipping of the norm and AdamW. It shares with the product the streams of random numbers and nothing else.
/// </summary>
internal sealed class SlowPpo(double[,] policy, double[,] reference, double[] values, SlowPpoSettings settings)
{
    private readonly int size = values.Length;
    private readonly double[] mean = new double[policy.Length + values.Length], square = new double[policy.Length + values.Length];
    private int updates;

    public double[,] Policy { get; } = (double[,])policy.Clone();

    public double[] Values { get; } = [.. values];

    public double Beta { get; private set; } = settings.Beta;

    public Dictionary<string, double> Metrics { get; } = [];

    /// <summary>One iteration over some prompts, whose last tokens decide all.</summary>
    public void Iterate(int[] lastTokens, int step, double learningRate)
    {
        var responses = lastTokens.SelectMany((last, prompt) => Enumerable.Range(0, settings.Samples).Select(sample => (Last: last, Ids: Sampled(last, prompt, sample, step)))).ToList();
        var (states, actions, starts) = (new List<int>(), new List<int>(), new List<int>());
        foreach (var (last, ids) in responses)
        {
            starts.Add(states.Count);
            for (var t = 0; t < ids.Count; t++)
            {
                states.Add(t == 0 ? last : ids[t - 1]);
                actions.Add(ids[t]);
            }
        }
        var tokens = states.Count;
        var old = Enumerable.Range(0, tokens).Select(i => LogSoftmax(Policy, states[i])[actions[i]]).ToArray();
        var referenced = Enumerable.Range(0, tokens).Select(i => LogSoftmax(reference, states[i])[actions[i]]).ToArray();
        var oldValues = states.Select(state => Values[state]).ToArray();

        // Rewards: -β (log π - log ref) everywhere, the score at the last token.
        var rewards = Enumerable.Range(0, tokens).Select(i => -Beta * (old[i] - referenced[i])).ToArray();
        var scores = responses.Select(response => settings.Score(response.Ids) - (response.Ids[^1] == settings.End ? 0 : settings.MissingEndPenalty)).ToList();
        for (var s = 0; s < responses.Count; s++) rewards[starts[s] + responses[s].Ids.Count - 1] += scores[s];
        var kl = Enumerable.Range(0, tokens).Sum(i => old[i] - referenced[i]) / responses.Count;
        Metrics["objective/kl"] = kl;
        Metrics["objective/scores"] = scores.Average();
        Metrics["objective/entropy"] = -old.Sum() / responses.Count;
        if (settings.Target is { } target) Beta *= 1 + Math.Clamp(kl / target - 1, -0.2, 0.2) * responses.Count / settings.Horizon;

        // Advantages as the double sum Σ (γλ)^k δ_(t+k).
        var advantages = new double[tokens];
        for (var s = 0; s < responses.Count; s++)
            for (var t = 0; t < responses[s].Ids.Count; t++)
                for (var k = 0; t + k < responses[s].Ids.Count; k++)
                {
                    var i = starts[s] + t + k;
                    var next = t + k + 1 < responses[s].Ids.Count ? oldValues[i + 1] : 0;
                    advantages[starts[s] + t] += Math.Pow(settings.Gamma * settings.Lambda, k) * (rewards[i] + settings.Gamma * next - oldValues[i]);
                }
        var returns = advantages.Zip(oldValues, (advantage, value) => advantage + value).ToArray();
        var average = advantages.Average();
        var variance = advantages.Sum(a => (a - average) * (a - average)) / (tokens - 1);
        advantages = [.. advantages.Select(a => (a - average) / Math.Sqrt(variance + 1e-8))];

        var (policyLoss, valueLoss, parts) = (0.0, 0.0, 0);
        for (var epoch = 0; epoch < settings.Epochs; epoch++)
        {
            int[] order = [.. new ShuffledOrder(responses.Count, IterationSeeds.Order(settings.Seed, step), epoch)];
            for (var part = 0; part < settings.Parts; part++)
            {
                var rows = order[(part * order.Length / settings.Parts)..((part + 1) * order.Length / settings.Parts)];
                int[] places = [.. rows.SelectMany(row => Enumerable.Range(starts[row], responses[row].Ids.Count))];
                var gradient = new double[Policy.Length + Values.Length];
                foreach (var i in places)
                {
                    var logProbs = LogSoftmax(Policy, states[i]);
                    var ratio = Math.Exp(logProbs[actions[i]] - old[i]);
                    var (plain, clipped) = (-advantages[i] * ratio, -advantages[i] * Math.Clamp(ratio, 0.8, 1.2));
                    policyLoss += Math.Max(plain, clipped) / places.Length;
                    if (plain >= clipped)
                        for (var v = 0; v < size; v++)
                            gradient[states[i] * size + v] += -advantages[i] * ratio * ((v == actions[i] ? 1 : 0) - Math.Exp(logProbs[v])) / settings.Temperature / places.Length;
                    var value = Values[states[i]];
                    var near = Math.Clamp(value, oldValues[i] - 0.2, oldValues[i] + 0.2);
                    var (far, close) = ((value - returns[i]) * (value - returns[i]), (near - returns[i]) * (near - returns[i]));
                    valueLoss += 0.5 * Math.Max(far, close) / places.Length;
                    if (far >= close) gradient[Policy.Length + states[i]] += settings.ValueCoefficient * (value - returns[i]) / places.Length;
                }
                parts++;
                Apply(gradient, learningRate);
            }
        }
        Metrics["loss/policy_avg"] = policyLoss / parts;
        Metrics["loss/value_avg"] = valueLoss / parts;
    }

    // Inverse of the cumulative distribution at numbers of the response's own.
    private List<int> Sampled(int last, int prompt, int sample, int step)
    {
        var ofPrompt = new SplitMix64(new SplitMix64((ulong)IterationSeeds.Sampling(settings.Seed, step)).Next() ^ (uint)prompt).Next();
        var random = new SplitMix64(new SplitMix64(ofPrompt ^ (uint)sample).Next());
        var ids = new List<int>();
        while (ids.Count < settings.MaxNewTokens && (ids.Count == 0 || ids[^1] != settings.End))
        {
            var uniform = ((random.Next() >> 16) + 0.5) / (1L << 48);
            var logProbs = LogSoftmax(Policy, last);
            var (id, sum) = (0, Math.Exp(logProbs[0]));
            while (sum <= uniform) sum += Math.Exp(logProbs[++id]);
            ids.Add(last = id);
        }
        return ids;
    }

    private double[] LogSoftmax(double[,] table, int state)
    {
        var logits = Enumerable.Range(0, size).Select(v => table[state, v] / settings.Temperature).ToArray();
        var largest = logits.Max();
        var sum = largest + Math.Log(logits.Sum(z => Math.Exp(z - largest)));
        return [.. logits.Select(z => z - sum)];
    }

    private void Apply(double[] gradient, double learningRate)
    {
        var norm = Math.Sqrt(gradient.Sum(g => g * g));
        var scale = Math.Min(1, 1 / (norm + 1e-6));   // torch's clip_grad_norm_
        updates++;
        for (var i = 0; i < gradient.Length; i++)
        {
            var g = scale * gradient[i];
            mean[i] = 0.9 * mean[i] + 0.1 * g;
            square[i] = 0.999 * square[i] + 0.001 * g * g;
            // PyTorch's Adam: ε is added to the root of the corrected second moment.
            var change = learningRate * mean[i] / (1 - Math.Pow(0.9, updates)) / (Math.Sqrt(square[i] / (1 - Math.Pow(0.999, updates))) + 1e-5);
            if (i < Policy.Length) Policy[i / size, i % size] -= change;
            else Values[i - Policy.Length] -= change;
        }
    }
}
