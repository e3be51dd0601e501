namespace SampleData;

/// <summary>The clauses that recur across situations, by family: calls, closings, dismissals, needless alarms, ...</summary>
internal sealed class Phrases(string language)
{
    private readonly TextBlock block = TextBlock.Read($"phrases.{language}.txt").Single();

    public string[] Family(string family) => Known(family, block.Lines(family));

    /// <summary>The clauses of a family that fit a situation with these tags.</summary>
    public string[] Family(string family, IEnumerable<string> tags) => Known(family, [.. tags.SelectMany(tag => block.Lines($"{family}.{tag}"))]);

    public string[] List(string key) => Known(key, block.List(key));

    private static string[] Known(string key, string[] values) =>
        values.Length > 0 ? values : throw new FormatException($"No phrases stand under \"{key}\".");
}
