using System.Globalization;
using System.Text.RegularExpressions;

namespace Alignment.Training;

/// <summary>Names in a folder of checkpoints. What is not called like this belongs to somebody else and is never touched.</summary>
internal static partial class CheckpointNames
{
    public const string Tensors = "tensors.safetensors";
    public const string State = "state.json";
    public const string Manifest = "manifest.json";
    public const string Lock = ".checkpoints.lock";

    private const string Unfinished = ".tmp";   // being written or being deleted
    private const string Replaced = ".old";     // for a moment without its name, where two folders can't change names in one step

    /// <summary>For example checkpoint-000500.</summary>
    public static string Of(int step) => string.Create(CultureInfo.InvariantCulture, $"checkpoint-{step:D6}");

    public static string UnfinishedOf(int step) => $"{Of(step)}.{Path.GetRandomFileName()}{Unfinished}";

    public static string ReplacedOf(int step) => $"{Of(step)}.{Path.GetRandomFileName()}{Replaced}";

    /// <summary>The steps of the checkpoints in a folder, whether they are complete or not, newest first.</summary>
    public static IReadOnlyList<int> Steps(string folder) =>
        [.. Folders(folder).Select(Step).OfType<int>().OrderDescending()];

    /// <summary>What a process that ended left behind: names and the step that each was to be.</summary>
    public static IReadOnlyList<(string Name, string Checkpoint, bool IsReplaced)> Leftovers(string folder) =>
        [.. from name in Folders(folder)
            let match = Leftover().Match(name)
            where match.Success
            select (name, match.Groups["checkpoint"].Value, name.EndsWith(Replaced, StringComparison.Ordinal))];

    private static IEnumerable<string> Folders(string folder) => Directory.EnumerateDirectories(folder, "checkpoint-*").Select(path => Path.GetFileName(path)!);

    private static int? Step(string name) =>
        int.TryParse(name.AsSpan("checkpoint-".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var step) && Of(step) == name ? step : null;

    // The middle is what Path.GetRandomFileName gives.
    [GeneratedRegex(@"^(?<checkpoint>checkpoint-\d{6,10})\.[a-z0-9]{8}\.[a-z0-9]{3}\.(tmp|old)$", RegexOptions.CultureInvariant)]
    private static partial Regex Leftover();
}
