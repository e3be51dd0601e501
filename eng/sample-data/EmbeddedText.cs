namespace SampleData;

/// <summary>The files in text/, which the program carries with it.</summary>
internal static class EmbeddedText
{
    public static IEnumerable<string> Lines(string file)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(file)
            ?? throw new FileNotFoundException($"There is no text/{file}.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
