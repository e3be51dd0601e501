using System.Text.Json;

namespace Alignment.Feedback;

/// <summary>A line of a journal.</summary>
internal sealed record JournalEntry
{
    public required JournalEvent Event { get; init; }

    /// <summary>The call; null in the first line.</summary>
    public string? Key { get; init; }

    /// <summary>What a call that began can take at most, and one that failed may be charged for.</summary>
    public CallSize? Size { get; init; }

    public CallAnswer? Answer { get; init; }

    public FailureKind? Failure { get; init; }

    public string? Reason { get; init; }

    /// <summary>The version of the format, in the first line.</summary>
    public int? Version { get; init; }

    public byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this, JournalJson.Default.JournalEntry), (byte)'\n'];

    /// <returns>Null where the bytes are no entry.</returns>
    public static JournalEntry? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var entry = JsonSerializer.Deserialize(line, JournalJson.Default.JournalEntry);
            return entry is { Event: JournalEvent.Opened } or { Key.Length: 64 } ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
