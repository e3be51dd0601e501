using System.Collections.ObjectModel;

namespace Alignment.Models;

/// <summary>A low-rank adapter: <c>y = W x + s B A x</c> with A <c>[r, inputs]</c>, B <c>[outputs, r]</c> and s = alpha / r.</summary>
/// <remarks>Hu et al. 2021 (arXiv 2106.09685). Names, defaults and rules are those of PEFT, whose files are read and written.</remarks>
public sealed record LoraOptions
{
    internal const int LargestRank = 1 << 16;

    /// <summary>r, the rank of the update.</summary>
    /// <value>The default is 8. From 1 to 65,536.</value>
    public int Rank { get; init => field = Check.Within(value, LargestRank); } = 8;

    /// <summary>The update is multiplied by alpha / r.</summary>
    /// <value>The default is 8. Finite and greater than 0.</value>
    public double Alpha { get; init => field = Check.Positive(value); } = 8;

    /// <summary>Probability with which a number of the update's input becomes 0 in training.</summary>
    /// <value>The default is 0. At least 0 and below 1.</value>
    /// <remarks>Acts in training mode and where gradients are recorded: the same weights without gradients, as a reference or in generation, drop nothing.</remarks>
    public double Dropout
    {
        get;
        init => field = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Dropout), value, $"{nameof(Dropout)} must be at least 0 and below 1.");
    }

    /// <summary>Whether the update is multiplied by alpha / √r instead, which keeps its size the same at every rank.</summary>
    /// <value>The default is false.</value>
    /// <remarks>Kalajdzievski 2023 (arXiv 2312.03732).</remarks>
    public bool UsesRankStabilization { get; init; }

    /// <summary>Which linear layers are changed.</summary>
    /// <value>The default is <see cref="LoraTargets.AllLinear"/>, which Dettmers et al. 2023 (arXiv 2305.14314) needed to match full training.</value>
    public LoraTargets Targets { get; init => field = value ?? throw new ArgumentNullException(nameof(Targets)); } = LoraTargets.AllLinear;

    /// <summary>Ranks of modules whose rank is another. A key is a regular expression for the end of a module's name; the first that matches counts.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyDictionary<string, int> RankPattern
    {
        get;
        init => field = Patterns(value, nameof(RankPattern), rank => Check.Within(rank, LargestRank, nameof(RankPattern)));
    } = ReadOnlyDictionary<string, int>.Empty;

    /// <summary>Alphas of modules whose alpha is another, by the same rule.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyDictionary<string, double> AlphaPattern
    {
        get;
        init => field = Patterns(value, nameof(AlphaPattern), alpha => Check.Positive(alpha, nameof(AlphaPattern)));
    } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>Projections and embeddings that are trained in full, as a copy that is saved with the adapter: names or ends of names.</summary>
    /// <value>The default is none. Usual are <c>score</c>, <c>lm_head</c> and <c>embed_tokens</c>.</value>
    public IReadOnlyList<string> ModulesToSave { get; init => field = LoraTargets.Checked(value, nameof(ModulesToSave)); } = [];

    /// <summary>The base model's name or folder, which adapter_config.json tells its readers.</summary>
    /// <value>The default is null.</value>
    public string? BaseModelName { get; init; }

    /// <summary>The rank of a module.</summary>
    internal int RankOf(string module) => KeyOf(RankPattern.Keys, module, nameof(RankPattern)) is { } key ? RankPattern[key] : Rank;

    /// <summary>What the update of a module is multiplied by.</summary>
    internal double ScaleOf(string module)
    {
        var alpha = KeyOf(AlphaPattern.Keys, module, nameof(AlphaPattern)) is { } key ? AlphaPattern[key] : Alpha;
        var rank = RankOf(module);
        return UsesRankStabilization ? alpha / Math.Sqrt(rank) : alpha / rank;
    }

    private static string? KeyOf(IEnumerable<string> keys, string module, string property) =>
        keys.FirstOrDefault(key => NamePattern.End(key, property).IsMatch(module));

    private static IReadOnlyDictionary<string, T> Patterns<T>(IReadOnlyDictionary<string, T> patterns, string property, Action<T> check)
    {
        ArgumentNullException.ThrowIfNull(patterns, property);
        foreach (var (pattern, value) in patterns)
        {
            NamePattern.End(pattern, property);
            check(value);
        }
        return patterns;
    }
}
