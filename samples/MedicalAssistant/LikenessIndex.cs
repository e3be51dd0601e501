namespace Alignment.Samples;

/// <summary>
/// How like a text is to each of many: by their words, and by the twos and threes of characters that Korean words share whatever is joined to them.
/// A part says the more the fewer texts have it.
/// </summary>
internal sealed class LikenessIndex
{
    private static readonly char[] Between = [' ', '.', ',', '!', '?', '\n'];

    private readonly Dictionary<string, List<int>> _places = [];
    private readonly double[] _totals;

    public LikenessIndex(IReadOnlyList<string> texts)
    {
        var parts = texts.Select(Parts).ToList();
        for (var place = 0; place < parts.Count; place++)
        {
            foreach (var part in parts[place])
            {
                if (!_places.TryGetValue(part, out var places)) _places[part] = places = [];
                places.Add(place);
            }
        }
        _totals = [.. parts.Select(own => own.Sum(part => Weight(_places[part].Count, texts.Count)))];
    }

    /// <summary>For each of the texts, the weight of what both have, of what either has: from 0 to 1.</summary>
    public double[] To(string text)
    {
        var (common, own) = (new double[_totals.Length], 0.0);
        foreach (var part in Parts(text))
        {
            var places = _places.GetValueOrDefault(part, []);
            var weight = Weight(places.Count, _totals.Length);
            own += weight;
            foreach (var place in places) common[place] += weight;
        }
        return [.. common.Select((shared, place) => shared / Math.Max(own + _totals[place] - shared, double.Epsilon))];
    }

    private static double Weight(int texts, int all) => Math.Log((all + 1.0) / (texts + 1));

    private static HashSet<string> Parts(string text)
    {
        var words = text.ToLowerInvariant().Split(Between, StringSplitOptions.RemoveEmptyEntries);
        return [.. words, .. words.SelectMany(word => Cut($" {word} ", 2).Concat(Cut($" {word} ", 3)))];
    }

    private static IEnumerable<string> Cut(string word, int length) =>
        Enumerable.Range(0, Math.Max(0, word.Length - length + 1)).Select(i => word.Substring(i, length));
}
