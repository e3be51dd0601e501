using System.Globalization;
using System.Text.Json.Nodes;

namespace Alignment.Training;

/// <summary>Looks at each iteration for signs of a gamed reward, and at evaluations for a second scorer that disagrees.</summary>
internal sealed class RewardWatch(RewardWatchOptions options)
{
    private const int EnoughEvaluations = 8;   // before a fitted peak is believed; it is shown from four on

    private readonly List<WatchedIteration> _first = [];
    private readonly Queue<WatchedIteration> _last = [];
    private readonly List<(double Kl, double Reward, double Gold)> _evaluations = [];
    private readonly SortedSet<string> _told = new(StringComparer.Ordinal);
    private readonly List<(string Code, string Message)> _ofEvaluation = [];
    private int _seen;

    /// <summary>The signs that were not told before, with their numbers.</summary>
    public IReadOnlyList<(string Code, string Message)> Look(OnPolicyStep step)
    {
        var now = WatchedIteration.Of(step);
        _seen++;
        if (_first.Count < options.Window) _first.Add(now);
        _last.Enqueue(now);
        if (_last.Count > 2 * options.Window) _last.Dequeue();
        if (_seen <= options.Window) return [];

        List<(string Code, string Message)> signs = [];
        var (begin, mean) = (WatchedIteration.Mean(_first), WatchedIteration.Mean([.. _last.TakeLast(options.Window)]));
        if (mean.Kl > options.MostKl)
            Add("kl-high", $"Responses are {mean.Kl:F1} nats from the reference, more than {options.MostKl:F1}. A larger coefficient or fewer iterations hold the policy.");
        if (mean.KlK1 < -options.MostNegativeKl)
            Add("kl-negative", $"Responses are {mean.KlK1:F2} nats from the reference by k1, which is positive on average: they are not scored as they were sampled, or a few rare tokens decide. Look at val/sampler_kl.");
        if (Math.Abs(mean.SamplerKl) > options.MostSamplerKl)
            Add("sampler-differs", $"Tokens are drawn from probabilities {mean.SamplerKl:G3} nats a token from those that are learnt by: sampler and scorer compute differently.");
        if (Speed() is { } speed && speed > options.MostKlAcceleration)
            Add("kl-accelerates", $"Divergence grows {speed:F1} times as fast as on average over the run: the policy has begun to run away. A larger coefficient or a lower learning rate holds it.");
        if (mean.Length > options.MostGrowth * begin.Length)
            Add("responses-longer", $"Responses have {mean.Length:F1} tokens, {mean.Length / begin.Length:F2} times as many as at first: length may be what is rewarded.");
        if (mean.Length * options.MostGrowth < begin.Length)
            Add("responses-shorter", $"Responses have {mean.Length:F1} tokens, {mean.Length / begin.Length:F2} times as many as at first: saying little may be what is rewarded.");
        if (mean.Entropy < options.LeastEntropy * begin.Entropy)
            Add("entropy-falls", $"Responses have an entropy of {mean.Entropy:F3} nats a token, {mean.Entropy / begin.Entropy:F2} times that at first: they become alike.");
        if (mean.Repetition > begin.Repetition + options.MostRepetition)
            Add("responses-repeat", $"{mean.Repetition:P0} of the pairs of tokens in a response are repeated, {begin.Repetition:P0} at first.");
        if (mean.Ended < begin.Ended - options.MostEndLoss)
            Add("ends-missing", $"{mean.Ended:P0} of responses end by themselves, {begin.Ended:P0} at first.");
        return signs;

        void Add(string code, FormattableString message)
        {
            if (_told.Add(code)) signs.Add((code, message.ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Takes the scores of an evaluation; <see cref="TakeSignsOfEvaluation"/> gives the signs.</summary>
    /// <returns>The peak that the law foretells for the second scorer, nats a response, and how far along the policy is; nothing before it can be fitted.</returns>
    public IReadOnlyList<Metric> LookAtGold(double kl, double reward, double gold)
    {
        _evaluations.Add((kl, reward, gold));
        if (reward > _evaluations[0].Reward && Fallen() is var (best, now) && _told.Add("gold-falls"))
            _ofEvaluation.Add(("gold-falls", string.Create(CultureInfo.InvariantCulture,
                $"The held-out scorer gives {now:G4} on average, after {best:G4} before, while the reward has risen from {_evaluations[0].Reward:G4} to {reward:G4}: the reward is gamed.")));
        if (SquareRootLaw.Fit(_evaluations.Select(point => (point.Kl, point.Gold))) is not { PeakKl: { } peak }) return [];
        if (kl > peak && _evaluations.Count >= EnoughEvaluations && _told.Add("past-peak"))
            _ofEvaluation.Add(("past-peak", string.Create(CultureInfo.InvariantCulture, $"The held-out scorer is expected to peak at {peak:F2} nats from the reference; responses are {kl:F2} nats away.")));
        return [new("eval/gold_peak_kl", peak)];
    }

    /// <summary>The signs of the last evaluation, once.</summary>
    public IReadOnlyList<(string Code, string Message)> TakeSignsOfEvaluation()
    {
        (string, string)[] signs = [.. _ofEvaluation];
        _ofEvaluation.Clear();
        return signs;
    }

    // The best mean of three evaluations in a row and the last one, where it lies a quarter of the range below; single ones are noisy.
    private (double Best, double Now)? Fallen()
    {
        const int together = 3;
        if (_evaluations.Count < 2 * together) return null;
        var means = Enumerable.Range(0, _evaluations.Count - together + 1).Select(i => _evaluations.Skip(i).Take(together).Average(point => point.Gold)).ToList();
        var range = _evaluations.Max(point => point.Gold) - _evaluations.Min(point => point.Gold);
        return means[^1] < means.Max() - 0.25 * range ? (means.Max(), means[^1]) : null;
    }

    /// <summary>For a checkpoint.</summary>
    public JsonObject ToJson() => new()
    {
        ["seen"] = _seen,
        ["first"] = Json(_first),
        ["last"] = Json(_last),
        ["evaluations"] = new JsonArray([.. _evaluations.Select(point => (JsonNode)Numbers(point.Kl, point.Reward, point.Gold))]),
        ["told"] = new JsonArray([.. _told.Select(code => (JsonNode)code)]),
    };

    /// <summary>What <see cref="ToJson"/> gave.</summary>
    public void Read(JsonObject json)
    {
        _seen = (int)json["seen"]!;
        _first.AddRange(Iterations(json["first"]));
        foreach (var iteration in Iterations(json["last"])) _last.Enqueue(iteration);
        foreach (var point in json["evaluations"]!.AsArray()) _evaluations.Add((Number(point, 0), Number(point, 1), Number(point, 2)));
        _told.UnionWith(json["told"]!.AsArray().Select(code => (string)code!));
    }

    // Growth of divergence over the last window against the mean growth of the run; null while it is small.
    private double? Speed()
    {
        if (_last.Count < 2 * options.Window || _seen < 4 * options.Window) return null;
        var (before, now) = (WatchedIteration.Mean([.. _last.Take(options.Window)]).Kl, WatchedIteration.Mean([.. _last.TakeLast(options.Window)]).Kl);
        var usual = (before - WatchedIteration.Mean(_first).Kl) / (_seen - 2 * options.Window);
        return now < 0.1 * options.MostKl || usual <= 0 ? null : (now - before) / options.Window / usual;
    }

    private static JsonArray Json(IEnumerable<WatchedIteration> all) => new([.. all.Select(i => (JsonNode)Numbers(i.Kl, i.Length, i.Entropy, i.Repetition, i.Ended, i.KlK1, i.SamplerKl))]);

    private static IEnumerable<WatchedIteration> Iterations(JsonNode? json) =>
        json!.AsArray().Select(i => new WatchedIteration(Number(i, 0), Number(i, 1), Number(i, 2), Number(i, 3), Number(i, 4), Number(i, 5), Number(i, 6)));

    private static JsonArray Numbers(params double[] values) => new([.. values.Select(CheckpointState.Number)]);

    private static double Number(JsonNode? array, int index) => CheckpointState.Number(array![index]);
}
