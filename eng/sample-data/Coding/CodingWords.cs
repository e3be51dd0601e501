namespace SampleData;

/// <summary>What coding tasks are about, how they are asked for, and names inside answers.</summary>
internal sealed class CodingWords
{
    private readonly ILookup<string, string> lines = EmbeddedText.Lines("coding.words.txt")
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => (Colon: line.IndexOf(':'), Line: line))
        .ToLookup(part => part.Line[..part.Colon], part => part.Line[(part.Colon + 1)..].Trim());

    /// <summary>"frame.en", "before.ko" and so on.</summary>
    public string[] Phrases(string key) => lines[key] is var found && found.Any() ? [.. found] : throw new FormatException($"No phrases stand under \"{key}\".");

    /// <summary>The names of which one is drawn for an answer.</summary>
    public string[] Names(string local) => Phrases($"local {local}")[0].Split("; ");

    /// <summary>Every word for each of some slots, together.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, SlotWord>> Combinations(IEnumerable<string> slots) =>
        slots.Aggregate<string, IReadOnlyList<IReadOnlyDictionary<string, SlotWord>>>(
            [new Dictionary<string, SlotWord>()],
            (known, slot) => [.. known.SelectMany(_ => Phrases(slot), (words, line) =>
                new Dictionary<string, SlotWord>(words) { [slot] = SlotWord.Parse(line) })
                .Where(words => words.Values.Select(word => word.Code).Distinct().Count() == words.Count)]);
}
