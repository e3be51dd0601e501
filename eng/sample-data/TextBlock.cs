namespace SampleData;

/// <summary>Lines "key: value" under one heading "## id"; a key may repeat. Lines before the first heading have the id "".</summary>
internal sealed record TextBlock(string Id, ILookup<string, string> Values)
{
    /// <summary>All values of a key, each one a line.</summary>
    public string[] Lines(string key) => [.. Values[key]];

    /// <summary>The values of a key that stand on one line, separated by semicolons.</summary>
    public string[] List(string key) => [.. Values[key].SelectMany(line => line.Split(';', StringSplitOptions.TrimEntries))];

    /// <summary>The blocks of one of the files in text/, which the program carries with it.</summary>
    public static IReadOnlyList<TextBlock> Read(string file)
    {
        var lines = new List<(string Id, string Key, string Value)>();
        var id = "";
        foreach (var line in EmbeddedText.Lines(file))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                id = line[3..];
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                var colon = line.IndexOf(": ", StringComparison.Ordinal);
                lines.Add(colon > 0 ? (id, line[..colon], line[(colon + 2)..])
                    : throw new FormatException($"text/{file}: a line must read \"key: value\". Actual line was \"{line}\"."));
            }
        }

        return [.. lines.GroupBy(line => line.Id).Select(block => new TextBlock(block.Key, block.ToLookup(line => line.Key, line => line.Value)))];
    }
}
