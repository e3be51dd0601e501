using System.Text.RegularExpressions;

namespace Alignment.Samples;

/// <summary>A text by its sentences, without their last marks.</summary>
internal static partial class Sentences
{
    public static IReadOnlyList<string> Of(string text) =>
        [.. End().Split(text).Select(sentence => sentence.Trim().TrimEnd('.', '!', '?')).Where(sentence => sentence.Length > 0)];

    [GeneratedRegex(@"(?<=[.!?])\s+")]
    private static partial Regex End();
}
