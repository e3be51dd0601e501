using System.Globalization;
using Alignment.Data.Templates;

namespace Alignment.Data;

/// <summary>
/// What the assistant says, by rendering turn by turn: a turn's span begins where the messages before it end with a generation
/// prompt, and ends where the messages up to it end. Its header is thus left out and its end of turn is part of it.
/// </summary>
internal static class AssistantSpans
{
    public static RenderedChat Derive(ChatTemplate template, Value[] messages, bool addGenerationPrompt)
    {
        var whole = template.Render(messages, addGenerationPrompt);
        var spans = new List<TextSpan>();
        for (var i = 0; i < messages.Length; i++)
        {
            if (!MessageValues.IsOf(messages[i], "assistant"))
                continue;
            var start = Prefix(template, whole, messages, i, addGenerationPrompt: true);
            var end = i + 1 == messages.Length && !addGenerationPrompt
                ? whole.Text.Length
                : Prefix(template, whole, messages, i + 1, addGenerationPrompt: false);
            if (end < start)
                throw Unstable(template, i);
            spans.Add(new TextSpan(start, end));
        }

        return whole with { AssistantSpans = spans };
    }

    // The length of the first messages' text, which must be how the whole text begins.
    private static int Prefix(ChatTemplate template, RenderedChat whole, Value[] messages, int count, bool addGenerationPrompt)
    {
        if (count == 0)
        {
            throw new ChatTemplateException(
                $"{template.Name}: a conversation must not begin with the assistant where its spans are to be found.");
        }

        var text = template.Render(messages[..count], addGenerationPrompt).Text;
        return whole.Text.StartsWith(text, StringComparison.Ordinal)
            ? text.Length
            : throw Unstable(template, addGenerationPrompt ? count : count - 1);
    }

    private static ChatTemplateException Unstable(ChatTemplate template, int turn) => new(
        string.Create(CultureInfo.InvariantCulture, $"{template.Name}: what the assistant says in message {turn} cannot be told, ")
        + "since the template writes that turn otherwise alone than in the whole conversation. "
        + "Use a template with generation blocks, or one reply a conversation.");
}
