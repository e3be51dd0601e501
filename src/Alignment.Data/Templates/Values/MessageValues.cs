using System.Text.Json.Nodes;

namespace Alignment.Data.Templates;

/// <summary>Messages as values of a template, checked.</summary>
internal static class MessageValues
{
    private static readonly Value Role = Value.Of("role");
    private static readonly Value Content = Value.Of("content");

    public static Value[] Of(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ThrowIfEmpty(messages.Count, nameof(messages));
        return [.. messages.Select(message => Of(message.Role, message.Content))];
    }

    public static Value[] Of(JsonArray messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ThrowIfEmpty(messages.Count, nameof(messages));
        var values = messages.Select(message => JsonValues.Read(message, nameof(messages))).ToArray();
        foreach (var value in values)
        {
            if (!value.IsMap || !value.Map.TryGet(Role, out var role) || !role.IsText)
                throw new ArgumentException("Each of messages must be a JSON object with a text 'role'.", nameof(messages));
        }

        return values;
    }

    public static bool IsOf(Value message, string role) => message.Map.TryGet(Role, out var value) && value.Text == role;

    /// <summary>The messages with a system message first, where a text for it is given and they have none.</summary>
    public static Value[] WithSystem(Value[] messages, string? text)
        => text is null || IsOf(messages[0], "system") ? messages : [Of("system", text), .. messages];

    public static Value Of(string role, string content)
    {
        var map = new Map();
        map.Set(Role, Value.Of(role));
        map.Set(Content, Value.Of(content));
        return Value.Of(map);
    }

    private static void ThrowIfEmpty(int count, string name)
    {
        if (count == 0)
            throw new ArgumentException($"{name} must hold at least one message.", name);
    }
}
