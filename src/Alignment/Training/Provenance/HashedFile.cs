namespace Alignment.Training;

/// <summary>A file that went into a run or came out of it, and what it contained.</summary>
/// <param name="Name">Its name without folders.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 hexadecimal digits; for large files of the Hub the same as there.</param>
public sealed record HashedFile(string Name, long Size, string Sha256)
{
    private static readonly string[] TokenizerNames =
    [
        "added_tokens.json", "chat_template.jinja", "merges.txt", "special_tokens_map.json", "tokenizer.json", "tokenizer.model",
        "tokenizer_config.json", "vocab.json",
    ];

    /// <summary>Reads a file to its end.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    public static HashedFile Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var digest = FileDigest.Of(path);
        return new HashedFile(Path.GetFileName(path), digest.Size, digest.Sha256);
    }

    /// <summary>Configuration and weights in the folder of a model or an adapter, ordered by name.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">There is no such folder, or a file can't be read.</exception>
    public static IReadOnlyList<HashedFile> OfModel(string folder) =>
        In(folder, name => name is "config.json" or "adapter_config.json" or "model.safetensors.index.json" || Path.GetExtension(name) == ".safetensors");

    /// <summary>Tokenizer and chat template in a folder, ordered by name.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">There is no such folder, or a file can't be read.</exception>
    public static IReadOnlyList<HashedFile> OfTokenizer(string folder) => In(folder, name => TokenizerNames.Contains(name));

    private static IReadOnlyList<HashedFile> In(string folder, Func<string, bool> isWanted)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return [.. Directory.EnumerateFiles(folder).Where(path => isWanted(Path.GetFileName(path))).Order(StringComparer.Ordinal).Select(Of)];
    }
}
