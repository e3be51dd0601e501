namespace Alignment.Samples;

/// <summary>Transcripts as plain text and back.</summary>
internal static class Texts
{
    /// <summary>The words without the roles that say them.</summary>
    public static string Plain(this Transcript transcript) => transcript.IsConversational
        ? string.Join('\n', transcript.Messages.Select(message => message.Content))
        : transcript.Text;

    public static Transcript Answer(string text) => new([new ChatMessage("assistant", text)]);

    public static bool IsKorean(this Transcript transcript) => transcript.Plain().Any(c => c is >= '가' and <= '힣');
}
