namespace Alignment.Data.Tests;

/// <summary>Tokenizers of published models, which eng/tokenizers.sh installs. Each is read once.</summary>
internal static class PublishedTokenizers
{
    private static readonly Lazy<HuggingFaceTokenizer>[] Loaded =
        [.. Names().Select(name => new Lazy<HuggingFaceTokenizer>(() => HuggingFaceTokenizer.FromFile(PathOf(name))))];

    public static string[] Names() => ["llama3_1", "qwen3", "gemma3", "llama2", "gptoss", "deepseek_v3"];

    public static string PathOf(string name) => Path.Combine(Repository.Root, "artifacts", "tokenizers", name, "tokenizer.json");

    public static HuggingFaceTokenizer Of(string name) => Loaded[Array.IndexOf(Names(), name)].Value;
}
