using System.Collections.Concurrent;

namespace Alignment.Samples;

/// <summary>Sentences of the answers of experts: those that only good ones have, those that only bad ones have.</summary>
internal sealed class KnownSentences
{
    private const double LeastLikeness = 0.4;   // to be a known sentence in other words

    private readonly HashSet<string> _good, _bad;
    private readonly LikenessIndex _known;
    private readonly ConcurrentDictionary<string, bool> _isGroundless = [];

    public KnownSentences(IReadOnlyList<PreferencePair> pairs)
    {
        _good = [.. pairs.SelectMany(pair => Sentences.Of(pair.Chosen.Plain()))];
        _bad = [.. pairs.SelectMany(pair => Sentences.Of(pair.Rejected.Plain()))];
        _known = new LikenessIndex([.. _good.Union(_bad)]);
        var both = _good.Intersect(_bad).ToList();
        _good.ExceptWith(both);
        _bad.ExceptWith(both);
    }

    /// <summary>Sentences that only good answers have.</summary>
    public IEnumerable<string> GoodOf(string answer) => Sentences.Of(answer).Where(_good.Contains);

    /// <summary>Sentences that only bad answers have.</summary>
    public IEnumerable<string> BadOf(string answer) => Sentences.Of(answer).Where(_bad.Contains);

    /// <summary>Sentences that are like nothing that anybody said: advice without grounds, or no sense at all.</summary>
    public IEnumerable<string> GroundlessOf(string answer) =>
        Sentences.Of(answer).Where(sentence => _isGroundless.GetOrAdd(sentence, _ => _known.To(sentence).Max() < LeastLikeness));
}
