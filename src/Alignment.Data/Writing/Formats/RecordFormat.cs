namespace Alignment.Data.Writing;

/// <summary>The kinds of file that records are written to.</summary>
internal enum RecordFormat
{
    Parquet,
    JsonLines,
    CompressedJsonLines,
}

/// <summary>Which format a file's name asks for.</summary>
internal static class RecordFormats
{
    /// <exception cref="ArgumentException">The extension is none of those that are written.</exception>
    public static RecordFormat Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Ends(".parquet") ? RecordFormat.Parquet
            : Ends(".jsonl") ? RecordFormat.JsonLines
            : Ends(".jsonl.gz") ? RecordFormat.CompressedJsonLines
            : throw new ArgumentException($"The name of the file must end in .parquet, .jsonl or .jsonl.gz. Actual path was '{path}'.", nameof(path));

        bool Ends(string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
    }
}
