using System.Globalization;

namespace Alignment.Data;

/// <summary>Records of chat messages, written by a chat template.</summary>
internal sealed class ChatRows : RowText
{
    private const string Assistant = "assistant";
    private const int Shown = 24;   // characters of a difference

    private readonly ITokenizer _tokenizer;
    private readonly IChatTemplate? _template;
    private readonly bool _parses;
    private readonly SpelledTokens _spelled;

    /// <exception cref="ArgumentException">The tokenizer lacks a token that the options need.</exception>
    public ChatRows(ITokenizer tokenizer, EncodingOptions options, SpelledTokens spelled)
    {
        (_tokenizer, _template, _parses, _spelled) = (tokenizer, options.Template, options.ParseSpecialTokens, spelled);
        Begin = options.AddBegin == true ? [BeginToken.Of(tokenizer)] : [];
    }

    public override bool NeedsEnd => false;

    public override int[] Begin { get; }

    public override (string Text, IReadOnlyList<ChatMessage>? Messages)? Prompt(Transcript prompt, RowNotes notes) =>
        Broken(prompt.Messages!, notes) is { } messages && Render(template => template.Render(messages, addGenerationPrompt: true), notes) is { } text
            ? (text, messages)
            : null;

    public override string? Whole(RowPrompt prompt, Transcript response, RowNotes notes)
    {
        if (Response(response, notes) is not { } messages) return null;
        if (Render(template => template.Render([.. prompt.Messages!, .. messages], addGenerationPrompt: false), notes) is not { } whole) return null;
        if (whole.StartsWith(prompt.Text, StringComparison.Ordinal)) return whole;
        var same = whole.AsSpan().CommonPrefixLength(prompt.Text);
        notes.Drop(DropCause.RewrittenByTemplate, "The chat template must write the prompt with its generation prompt as it writes it before the response; "
            + string.Create(CultureInfo.InvariantCulture, $"they differ at character {same}, '{At(prompt.Text, same)}' against '{At(whole, same)}'. ")
            + "Some templates rewrite earlier turns or begin a thought that the response lacks.");
        return null;
    }

    /// <summary>Prompt and response as one conversation, and what of it the assistant says or else all of it; null where the row is left out.</summary>
    public (string Text, IReadOnlyList<TextSpan> Assistant)? Conversation(Transcript prompt, Transcript response, bool findsAssistant, RowNotes notes)
    {
        if (Broken(prompt.Messages!, notes) is not { } before || Response(response, notes) is not { } after) return null;
        ChatMessage[] messages = [.. before, .. after];
        if (!findsAssistant)
            return Render(template => template.Render(messages, addGenerationPrompt: false), notes) is { } text ? (text, [new TextSpan(0, text.Length)]) : null;
        return Render(template => ((ChatTemplate)template).RenderWithSpans(messages), notes) is { } chat ? (chat.Text, chat.AssistantSpans) : null;
    }

    public override IReadOnlyList<int> Ids(string text, RowNotes notes) => _parses ? _tokenizer.EncodeWithSpecialTokens(text) : _spelled.Ids(text, notes);

    private IReadOnlyList<ChatMessage>? Response(Transcript response, RowNotes notes)
    {
        if (response.Messages is not { } messages)
            notes.Drop(DropCause.Malformed, "A prompt of chat messages must have responses of chat messages; a response is plain text.");
        else if (messages[0].Role != Assistant || messages[^1].Role != Assistant)
            notes.Drop(DropCause.Malformed,
                $"A response must begin and end with a message of the assistant; one goes from '{messages[0].Role}' to '{messages[^1].Role}'.");
        else if (messages.All(message => string.IsNullOrWhiteSpace(message.Content)))
            notes.Drop(DropCause.EmptyResponse, "A response must hold more than white space.");
        else
            return Broken(messages, notes);
        return null;
    }

    private IReadOnlyList<ChatMessage>? Broken(IReadOnlyList<ChatMessage> messages, RowNotes notes)
    {
        if (_parses) return messages;
        ChatMessage[]? broken = null;   // a copy only where something changes, which is rare
        for (var i = 0; i < messages.Count; i++)
        {
            if (_spelled.Break(messages[i].Content, notes) is not { } content) return null;
            if (!ReferenceEquals(content, messages[i].Content)) (broken ??= [.. messages])[i] = messages[i] with { Content = content };
        }
        return broken ?? messages;
    }

    private T? Render<T>(Func<IChatTemplate, T> render, RowNotes notes) where T : class
    {
        var template = _template ?? throw notes.Error("A record of chat messages needs a chat template; set EncodingOptions.Template to the model's own.");
        try
        {
            return render(template);
        }
        catch (ChatTemplateException error) when (error.IsRaisedByTemplate)
        {
            notes.Drop(DropCause.RefusedByTemplate, $"The chat template refused the conversation: {error.Reason}", error);
        }
        catch (ChatTemplateException error) when (error.Line == 0)   // no fault of a line: it rewrites turns, so that spans cannot be told
        {
            notes.Drop(DropCause.RewrittenByTemplate, error.Reason, error);
        }
        catch (ChatTemplateException error)
        {
            throw notes.Error(error.Message, error);
        }
        return null;
    }

    private static string At(string text, int start) => text.Substring(start, Math.Min(Shown, text.Length - start));
}
