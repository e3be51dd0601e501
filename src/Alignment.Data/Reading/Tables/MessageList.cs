using System.Globalization;

namespace Alignment.Data.Reading;

/// <summary>Gathers the messages of one cell and keeps the first thing that is wrong with them.</summary>
internal sealed class MessageList(int maxCharacters)
{
    private const int QuotedCharacters = 40;

    private readonly List<ChatMessage> _messages = [];
    private long _characters;
    private int _count;
    private CellFault? _fault;

    public void Add(ReadOnlySpan<char> role, string? content)
    {
        _characters += content?.Length ?? 0;
        var known = ChatRoles.Find(role);
        if (known is null) Fail($"has the role '{role[..Math.Min(role.Length, QuotedCharacters)]}'; roles are system, user, assistant and tool");
        else if (content is null) Fail("has no content");
        else _messages.Add(new ChatMessage(known, content));
        _count++;
    }

    /// <summary>Counts a message that can't be one.</summary>
    public void AddBad(string what)
    {
        Fail(what);
        _count++;
    }

    /// <summary>The cell, and a clean list for the next one.</summary>
    public object Take()
    {
        object cell = _fault is not null ? _fault
            : _characters > maxCharacters ? new CellFault(RowProblem.TooLong, string.Create(CultureInfo.InvariantCulture,
                $"must have at most MaxFieldCharacters = {maxCharacters} characters; its messages have {_characters}."))
            : _messages.Count == 0 ? new CellFault(RowProblem.BadMessages, "must hold at least one message; the list is empty.")
            : _messages.ToArray();
        _messages.Clear();
        _characters = _count = 0;
        _fault = null;
        return cell;
    }

    private void Fail(string what) => _fault ??= new CellFault(RowProblem.BadMessages, string.Create(CultureInfo.InvariantCulture, $"has a bad message: message {_count} {what}."));
}
