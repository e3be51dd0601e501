using System.Globalization;

namespace Alignment.Training;

/// <summary>A weighted sum of several sources.</summary>
internal sealed class WeightedReward : RewardSource
{
    private readonly IReadOnlyList<RewardPart> _parts;

    public WeightedReward(IReadOnlyList<RewardPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0) throw new ArgumentException("parts must hold at least one source.", nameof(parts));
        foreach (var part in parts)
        {
            ArgumentException.ThrowIfNullOrEmpty(part.Name, nameof(parts));
            Ensure.Finite(part.Weight, nameof(RewardPart.Weight));
            Ensure.NotNull(part.Source, nameof(RewardPart.Source));
        }
        if (parts.CountBy(part => part.Name).FirstOrDefault(name => name.Value > 1).Key is { } twice)
            throw new ArgumentException($"Each source must have a name of its own; '{twice}' is there twice.", nameof(parts));
        _parts = parts;
    }

    public override string Identity => string.Join(" + ", _parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Weight} {part.Name} ({part.Source.Identity})")));

    internal override IEnumerable<TokenModel> Models => _parts.SelectMany(part => part.Source.Models);

    public override RewardScores Score(IReadOnlyList<SampledResponse> responses, CancellationToken cancellationToken = default)
    {
        var totals = new double[responses.Count];
        var parts = new Dictionary<string, IReadOnlyList<double>>();
        foreach (var (name, weight, source) in _parts)
        {
            var scores = source.Checked(responses, cancellationToken).Totals;
            for (var i = 0; i < totals.Length; i++) totals[i] += weight * scores[i];
            parts.Add(name, scores);
        }
        return new RewardScores(totals) { Parts = parts };
    }
}
