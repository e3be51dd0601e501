namespace Alignment.Data.Reading;

/// <summary>The transcripts of HH-RLHF: <c>\n\nHuman: ...\n\nAssistant: ...</c></summary>
internal static class Transcripts
{
    private const string Human = "\n\nHuman:";
    private const string Assistant = "\n\nAssistant:";

    public static bool IsOne(string text) => text.StartsWith(Human, StringComparison.Ordinal);

    /// <summary>Where the last mark of an assistant's turn begins that ends within the first characters; below 0 where there is none.</summary>
    public static int LastAnswerWithin(string text, int length) => text.AsSpan(0, length).LastIndexOf(Assistant);

    /// <summary>The turns of a text that begins with a mark.</summary>
    public static IReadOnlyList<ChatMessage> Messages(string text)
    {
        var messages = new List<ChatMessage>();
        for (var start = 0; start < text.Length;)
        {
            var isHuman = text.AsSpan(start).StartsWith(Human);
            start += (isHuman ? Human : Assistant).Length;
            if (start < text.Length && text[start] == ' ') start++;
            var end = Next(text, start);
            messages.Add(new ChatMessage(isHuman ? ChatRoles.User : ChatRoles.Assistant, text[start..end]));
            start = end;
        }
        return messages;
    }

    private static int Next(string text, int from)
    {
        var human = text.IndexOf(Human, from, StringComparison.Ordinal);
        var assistant = text.IndexOf(Assistant, from, StringComparison.Ordinal);
        return Math.Min(human < 0 ? text.Length : human, assistant < 0 ? text.Length : assistant);
    }
}
