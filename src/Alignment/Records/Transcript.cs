using System.Diagnostics.CodeAnalysis;

namespace Alignment;

/// <summary>A piece of a conversation: plain text as it stands, or chat messages that a template turns into text.</summary>
public sealed class Transcript : IEquatable<Transcript>
{
    /// <summary>Plain text.</summary>
    /// <param name="text">The text, which may be empty.</param>
    public Transcript(string text) => Text = text ?? throw new ArgumentNullException(nameof(text));

    /// <summary>Chat messages.</summary>
    /// <param name="messages">The messages in order; at least one.</param>
    public Transcript(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Count == 0) throw new ArgumentException("A transcript needs at least one message.", nameof(messages));
        Messages = messages;
    }

    /// <summary>The text, or null for chat messages.</summary>
    public string? Text { get; }

    /// <summary>The messages, or null for plain text.</summary>
    public IReadOnlyList<ChatMessage>? Messages { get; }

    /// <summary>Whether these are chat messages.</summary>
    [MemberNotNullWhen(true, nameof(Messages))]
    [MemberNotNullWhen(false, nameof(Text))]
    public bool IsConversational => Messages is not null;

    /// <summary>Plain text.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator Transcript(string text) => new(text);

    /// <inheritdoc/>
    public bool Equals(Transcript? other) =>
        other is not null && Text == other.Text && (IsConversational ? other.IsConversational && Messages.SequenceEqual(other.Messages) : !other.IsConversational);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Transcript);

    /// <inheritdoc/>
    public override int GetHashCode() => IsConversational ? Messages.Aggregate(17, HashCode.Combine) : Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The text, or the messages one a line. Prompts and responses may hold what must not be logged.</summary>
    public override string ToString() => IsConversational ? string.Join('\n', Messages.Select(m => $"{m.Role}: {m.Content}")) : Text;
}
