namespace SampleData;

/// <summary>Something to be coded, how it is asked for, and answers that a criterion tells apart.</summary>
internal sealed class CodingTask(string id, string criterion)
{
    private readonly List<(string Key, string Value)> lines = [];

    public string Id => id;

    /// <summary>secure, correct, robust or readable.</summary>
    public string Criterion => criterion;

    /// <summary>Families of words that a prompt tells and an answer names.</summary>
    public string[] Slots => ["entity", .. Values("slots").SelectMany(line => line.Split(' '))];

    /// <summary>Code that keeps the criterion.</summary>
    public string[] Chosen => Values("chosen");

    /// <summary>Code that breaks it.</summary>
    public string[] Rejected => Values("rejected");

    /// <summary>How it is asked for: in the training set, or in words that only the held-out set has.</summary>
    public string[] Told(string language, bool anew) => Values(anew ? $"new.{language}" : language);

    public static IEnumerable<CodingTask> Read(string criterion)
    {
        CodingTask? task = null;
        foreach (var line in EmbeddedText.Lines($"coding.{criterion}.txt"))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                if (task is not null)
                {
                    yield return task;
                }

                task = new CodingTask(line[3..], criterion);
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                task!.Add(line);
            }
        }

        yield return task!;
    }

    // "key: value", or "key:" with indented lines of code below it.
    private void Add(string line)
    {
        if (line.StartsWith("  ", StringComparison.Ordinal))
        {
            var (key, code) = lines[^1];
            lines[^1] = (key, code.Length == 0 ? line[2..] : $"{code}\n{line[2..]}");
            return;
        }

        var colon = line.IndexOf(':');
        lines.Add(colon > 0 ? (line[..colon], line[(colon + 1)..].Trim())
            : throw new FormatException($"coding.{criterion}.txt: a line must read \"key: value\". Actual line was \"{line}\"."));
    }

    private string[] Values(string key) => [.. lines.Where(line => line.Key == key).Select(line => line.Value)];
}
