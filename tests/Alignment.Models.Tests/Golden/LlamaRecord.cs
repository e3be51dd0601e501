namespace Alignment.Models.Tests;

/// <summary>Files of models/llama: three shards, a tokenizer, llama3 rotary scaling.</summary>
internal static class LlamaRecord
{
    public static string Folder => Path();

    public static string Path(params string[] parts) => Alignment.Tests.Common.Golden.Path(["models", "llama", .. parts]);
}
