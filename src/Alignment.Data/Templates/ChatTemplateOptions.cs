using System.Text.Json.Nodes;
using Alignment.Data.Templates;

namespace Alignment.Data;

/// <summary>What a chat template is given besides the messages. Everything that its text depends on is here.</summary>
public sealed record ChatTemplateOptions
{
    /// <summary>The clock of <c>strftime_now</c>, which some templates write a date with, in its local time zone.</summary>
    /// <value>The default is null: a template that reads the clock is an error.</value>
    public TimeProvider? Clock { get; init; }

    /// <summary>The system message for conversations that begin without one.</summary>
    /// <value>The default is null: as the template does it, which may mean a text of its own; see <see cref="ChatTemplate.FindDefaultSystemText"/>.</value>
    public string? DefaultSystemText { get; init; }

    /// <summary>Values by name, such as <c>bos_token</c>, <c>enable_thinking</c> or <c>date_string</c>. They are copied.</summary>
    /// <value>The default is none. At most 64 levels deep, integers within 64 bits.</value>
    /// <exception cref="ArgumentException">A value is nested too deep or holds a number out of range.</exception>
    public IReadOnlyDictionary<string, JsonNode?> Variables
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Variables));
            field = value;
            VariableValues = value.ToDictionary(entry => entry.Key, entry => JsonValues.Read(entry.Value, nameof(Variables)));
        }
    } = new Dictionary<string, JsonNode?>();

    /// <summary>The tools that the assistant may call, as JSON schemas. They are copied.</summary>
    /// <value>The default is null: none.</value>
    /// <exception cref="ArgumentException">A value is nested too deep or holds a number out of range.</exception>
    public JsonNode? Tools
    {
        get;
        init
        {
            field = value;
            ToolsValue = JsonValues.Read(value, nameof(Tools));
        }
    }

    /// <summary>The documents that the assistant may quote. They are copied.</summary>
    /// <value>The default is null: none.</value>
    /// <exception cref="ArgumentException">A value is nested too deep or holds a number out of range.</exception>
    public JsonNode? Documents
    {
        get;
        init
        {
            field = value;
            DocumentsValue = JsonValues.Read(value, nameof(Documents));
        }
    }

    /// <summary>What a rendering may use up.</summary>
    /// <value>The default is <see cref="ChatTemplateLimits.Default"/>.</value>
    public ChatTemplateLimits Limits { get; init => field = value ?? throw new ArgumentNullException(nameof(Limits)); } = ChatTemplateLimits.Default;

    internal IReadOnlyDictionary<string, Value> VariableValues { get; private init; } = new Dictionary<string, Value>();

    internal Value ToolsValue { get; private init; } = Value.None;

    internal Value DocumentsValue { get; private init; } = Value.None;
}
