using System.Globalization;

namespace Alignment.Training;

/// <summary>Looks at each evaluation for signs of over-optimisation. What an evaluation does not measure is not looked at.</summary>
/// <param name="options">The limits.</param>
internal sealed class OverOptimizationWatch(WatchOptions options)
{
    /// <summary>Signs that were told.</summary>
    public HashSet<string> Told { get; } = [];

    /// <summary>Length and entropy of the answers of the first evaluation, which later ones are compared with; NaN before.</summary>
    public (double Length, double Entropy) First { get; set; } = (double.NaN, double.NaN);

    /// <summary>The signs that were not told before, with their numbers.</summary>
    public IReadOnlyList<(string Code, string Message)> Look(IReadOnlyList<Metric> metrics)
    {
        var (length, entropy) = (Value("eval/answers/length"), Value("eval/answers/entropy"));
        if (double.IsNaN(First.Length)) First = (length, entropy);
        var drop = -Value("eval/logps/chosen_gain") / Value("eval/length/chosen");
        var kl = Value("eval/answers/kl");
        List<(string Code, string Message)> signs = [];
        if (kl > options.MostKl)
            Add("kl-high", $"Sampled answers are {kl:F1} nats from the reference, more than {options.MostKl:F1}: the policy has moved far. A larger Beta or fewer steps hold it.");
        if (drop > options.MostChosenDrop)
            Add("chosen-log-prob-falls", $"Preferred responses have lost {drop:F3} nats a token against the reference, more than {options.MostChosenDrop:F3}: the policy gets away from them too. A lower learning rate, RPO's likelihood term or a larger Beta helps.");
        if (length > options.MostGrowth * First.Length)
            Add("answers-longer", $"Sampled answers have {length:F1} tokens, {length / First.Length:F2} times as many as at first: length may be what is learnt. Length-normalised DPO, LD-DPO or SimPO counters it.");
        if (entropy < options.LeastEntropy * First.Entropy)
            Add("entropy-falls", $"Sampled answers have an entropy of {entropy:F3} nats a token, {entropy / First.Entropy:F2} times that at first: answers become alike. A lower learning rate or an earlier checkpoint helps.");
        return signs;

        double Value(string name) => metrics.FirstOrDefault(metric => metric.Name == name) is { Name: not null } found ? found.Value : double.NaN;

        void Add(string code, FormattableString message)
        {
            if (Told.Add(code)) signs.Add((code, message.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
