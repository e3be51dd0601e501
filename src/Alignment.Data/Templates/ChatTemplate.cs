using System.Text.Json.Nodes;
using Alignment.Data.Templates;

namespace Alignment.Data;

/// <summary>A chat template of a published model: Jinja as transformers runs it, by an interpreter that reaches nothing outside of itself.</summary>
/// <remarks>
/// Knows the part of Jinja that templates use: set, for, if, macro, call, filter, with, raw, break, continue, generation blocks,
/// <c>raise_exception</c>, <c>strftime_now</c>, and the filters, tests and methods of Python's texts, lists and mappings.
/// There are no includes, and no member of a .NET object can be named. Steps, depth, texts and lists are limited
/// (<see cref="ChatTemplateLimits"/>). Integers have 64 bits; capital letters are found one by one ('ß' stays).
/// Immutable and safe to use from several threads.
/// </remarks>
public sealed class ChatTemplate : IChatTemplate
{
    private const int LongestText = 1 << 20;

    private readonly SourceText _source;
    private readonly Block _body;

    private ChatTemplate(SourceText source, Block body, bool marksAssistant, ChatTemplateOptions options)
    {
        _source = source;
        _body = body;
        MarksAssistant = marksAssistant;
        Options = options;
    }

    /// <summary>What errors call the template.</summary>
    public string Name => _source.Name;

    /// <summary>The template, its line ends as \n.</summary>
    public string Text => _source.Text;

    /// <summary>Whether the template itself marks what the assistant says, with <c>{% generation %}</c>.</summary>
    public bool MarksAssistant { get; }

    /// <summary>What it is given besides messages.</summary>
    public ChatTemplateOptions Options { get; }

    /// <summary>Reads a template.</summary>
    /// <param name="text">The template; at most 1,048,576 characters.</param>
    /// <param name="options">What it is given besides messages; null for the defaults.</param>
    /// <param name="name">What errors call it.</param>
    /// <returns>The template, ready to render.</returns>
    /// <exception cref="ChatTemplateException">The template is malformed, or asks for what is not supported.</exception>
    public static ChatTemplate Parse(string text, ChatTemplateOptions? options = null, string name = "chat_template")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(name);
        options ??= new ChatTemplateOptions();
        if (text.Length > LongestText)
            throw new ChatTemplateException($"{name}: a template must have at most {LongestText} characters; it has {text.Length}.");

        var source = new SourceText(name, Lines(text));
        var (body, marksAssistant) = Parser.Parse(source, options.Limits.Depth);
        return new ChatTemplate(source, body, marksAssistant, options);
    }

    /// <summary>
    /// Reads a model's template: chat_template.jinja, else <c>chat_template</c> of tokenizer_config.json. The special tokens that
    /// tokenizer_config.json or special_tokens_map.json name (<c>bos_token</c> and so on) become variables.
    /// </summary>
    /// <param name="folder">The folder of a downloaded or saved model.</param>
    /// <param name="name">Which template, where the model has several.</param>
    /// <returns>The template, with the special tokens in its <see cref="Options"/>.</returns>
    /// <exception cref="FileNotFoundException">The folder has no template of that name.</exception>
    /// <exception cref="ChatTemplateException">The template is malformed, or asks for what is not supported.</exception>
    /// <exception cref="TokenizerFormatException">tokenizer_config.json or special_tokens_map.json is malformed.</exception>
    public static ChatTemplate FromPretrained(string folder, string name = "default")
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var files = new ChatTemplateFolder(folder);
        var (text, path) = files.ReadTemplate(name);
        return Parse(text, new ChatTemplateOptions { Variables = files.ReadSpecialTokens() }, path);
    }

    /// <summary>The same template with other options.</summary>
    /// <param name="options">For example <c>template.Options with { Clock = TimeProvider.System }</c>.</param>
    /// <returns>The template, which is not read again.</returns>
    public ChatTemplate With(ChatTemplateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ChatTemplate(_source, _body, MarksAssistant, options);
    }

    /// <summary>Writes a conversation as text.</summary>
    /// <param name="messages">The messages in order; at least one.</param>
    /// <param name="addGenerationPrompt">Whether the text goes on to where the assistant's next message begins.</param>
    /// <returns>Text whose special tokens are spelled.</returns>
    /// <exception cref="ChatTemplateException">The template refuses the conversation, fails or passes a limit.</exception>
    public string Render(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt)
        => Render(MessageValues.Of(messages), addGenerationPrompt).Text;

    /// <summary>Writes a conversation as text and says what of it the assistant says.</summary>
    /// <param name="messages">The messages in order; at least one.</param>
    /// <param name="addGenerationPrompt">Whether the text goes on to where the assistant's next message begins.</param>
    /// <returns>The text; its spans are those of generation blocks, or where the template has none, found by rendering turn by turn.</returns>
    /// <exception cref="ChatTemplateException">
    /// The template refuses the conversation, fails or passes a limit; or it has no generation blocks and writes a turn otherwise
    /// once others follow, so that what the assistant says cannot be told.
    /// </exception>
    public RenderedChat RenderWithSpans(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt = false)
        => RenderWithSpans(MessageValues.Of(messages), addGenerationPrompt);

    /// <summary>Writes a conversation whose messages have more than role and content, such as tool calls.</summary>
    /// <param name="messages">The messages in order, each a JSON object with a <c>role</c>; at least one.</param>
    /// <param name="addGenerationPrompt">Whether the text goes on to where the assistant's next message begins.</param>
    /// <returns>The text; its spans as of <see cref="RenderWithSpans(IReadOnlyList{ChatMessage}, bool)"/>.</returns>
    /// <exception cref="ArgumentException">A message is no object with a role, is nested too deep or holds a number out of range.</exception>
    /// <exception cref="ChatTemplateException">As of <see cref="RenderWithSpans(IReadOnlyList{ChatMessage}, bool)"/>.</exception>
    public RenderedChat RenderWithSpans(JsonArray messages, bool addGenerationPrompt = false)
        => RenderWithSpans(MessageValues.Of(messages), addGenerationPrompt);

    /// <summary>Writes a conversation whose messages have more than role and content, such as tool calls.</summary>
    /// <param name="messages">The messages in order, each a JSON object with a <c>role</c>; at least one.</param>
    /// <param name="addGenerationPrompt">Whether the text goes on to where the assistant's next message begins.</param>
    /// <returns>Text whose special tokens are spelled.</returns>
    /// <exception cref="ArgumentException">A message is no object with a role, is nested too deep or holds a number out of range.</exception>
    /// <exception cref="ChatTemplateException">The template refuses the conversation, fails or passes a limit.</exception>
    public string Render(JsonArray messages, bool addGenerationPrompt) => Render(MessageValues.Of(messages), addGenerationPrompt).Text;

    /// <summary>The system text that the template writes for a conversation that has none, for a run to record.</summary>
    /// <returns>The text; null where it writes none, or takes no system message.</returns>
    /// <exception cref="ChatTemplateException">The template fails even for one message of a user.</exception>
    public string? FindDefaultSystemText() => DefaultSystemText.Find(With(Options with { DefaultSystemText = null }));

    internal RenderedChat Render(Value[] messages, bool addGenerationPrompt)
    {
        var rendering = Run(messages, addGenerationPrompt);
        return new RenderedChat(rendering.Output.ToString(), rendering.Spans, rendering.ReadsClock);
    }

    private RenderedChat RenderWithSpans(Value[] messages, bool addGenerationPrompt)
    {
        if (!MarksAssistant)
            return AssistantSpans.Derive(this, messages, addGenerationPrompt);
        var rendering = Run(messages, addGenerationPrompt);
        if (rendering.HasUnplacedSpan)
            throw Unmarked("a generation block must stand outside of macros and other captured texts, or its place is not known.");
        if (rendering.Spans.Count == 0 && Array.Exists(messages, message => MessageValues.IsOf(message, "assistant")))
            throw Unmarked("the template marks nothing that the assistant says, though the conversation has messages of the assistant.");
        return new RenderedChat(rendering.Output.ToString(), rendering.Spans, rendering.ReadsClock);
    }

    private ChatTemplateException Unmarked(string reason) => new($"{Name}: {reason}");

    private Rendering Run(Value[] messages, bool addGenerationPrompt)
    {
        var rendering = new Rendering(_source, Options.Limits, Options.Clock);
        var scope = new Scope(null);
        scope.Set("tools", Options.ToolsValue);
        scope.Set("documents", Options.DocumentsValue);
        foreach (var (name, value) in Options.VariableValues)
            scope.Set(name, value);
        scope.Set("messages", Sequence.List(MessageValues.WithSystem(messages, Options.DefaultSystemText)));
        scope.Set("add_generation_prompt", Value.Of(addGenerationPrompt));
        _body.Execute(rendering, scope);
        return rendering;
    }

    // As Jinja reads a template: one kind of line end, and the last one goes.
    private static string Lines(string text)
    {
        if (text.Contains('\r', StringComparison.Ordinal))
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return text.EndsWith('\n') ? text[..^1] : text;
    }
}
