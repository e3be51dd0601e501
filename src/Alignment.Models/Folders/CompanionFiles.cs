namespace Alignment.Models;

/// <summary>Files that belong to a model beside its configuration and weights: its tokenizer, chat template and generation settings.</summary>
internal static class CompanionFiles
{
    private static readonly string[] Names =
    [
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "tokenizer.model",
        "vocab.json", "merges.txt", "chat_template.jinja", "generation_config.json",
    ];

    /// <summary>Copies those that are in one folder and not yet in the other; a link that leads out of the folder counts as not there.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var name in Names)
        {
            var (source, destination) = (Path.Combine(from, name), Path.Combine(to, name));
            if (!File.Exists(source) || File.Exists(destination) || !InsideFolder.Contains(from, source)) continue;
            using var stream = File.OpenRead(source);
            AtomicFile.Write(destination, stream.CopyTo);
        }
    }
}
