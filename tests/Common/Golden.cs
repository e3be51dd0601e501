using System.Text.Json;

namespace Alignment.Tests.Common;

/// <summary>Recorded values of other implementations: the folder that ALIGNMENT_GOLDEN names, else shared/golden beside the repository.</summary>
internal static class Golden
{
    private const string Variable = "ALIGNMENT_GOLDEN";

    private static readonly Lazy<string> Root = new(Find);

    /// <summary>The full path of a recorded file or folder, for example <c>Path("models", "llama", "tokenizer.json")</c>.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root.Value, .. parts]);

    /// <summary>A recorded JSON file, parsed; its root outlives the document.</summary>
    public static JsonElement Json(params string[] parts)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path(parts)));
        return document.RootElement.Clone();
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return Directory.Exists(named) ? named : throw new DirectoryNotFoundException($"{Variable} names '{named}', which is not a folder.");

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var golden = System.IO.Path.Combine(folder.FullName, "shared", "golden");
            if (Directory.Exists(golden))
                return golden;
        }

        throw new DirectoryNotFoundException(
            $"No folder shared/golden at or above '{AppContext.BaseDirectory}'. Set {Variable} to the folder of recorded values.");
    }
}
