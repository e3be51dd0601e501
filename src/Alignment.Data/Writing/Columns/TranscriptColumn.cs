using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Alignment.Data.Writing;

/// <summary>A prompt or a response: text, or <c>list&lt;struct&lt;role: string, content: string&gt;&gt;</c>.</summary>
internal sealed class TranscriptColumn<T> : RecordColumn<T>
{
    private readonly Func<T, Transcript> _value;

    public TranscriptColumn(string name, Func<T, Transcript> value) : base(name) => (_value, IsOptional) = (value, false);

    public override bool HasValue(T row) => true;

    public bool IsConversational(T row) => _value(row)?.IsConversational ?? false;

    public override string? Problem(T row, bool conversational, out long characters)
    {
        characters = 0;
        if (_value(row) is not { } transcript) return " is null";
        if (transcript.IsConversational != conversational)
        {
            return conversational
                ? " holds text where the file holds conversations; a file holds one or the other"
                : " holds a conversation where the file holds text; a file holds one or the other";
        }
        if (!transcript.IsConversational)
        {
            characters = transcript.Text.Length;
            return TextProblem(transcript.Text);
        }
        if (transcript.Messages.Count == 0) return " holds no message";
        for (var i = 0; i < transcript.Messages.Count; i++)
        {
            if (transcript.Messages[i] is not { } message) return $", message {i} is null";
            if (TextProblem(message.Role) is { } role) return $", message {i}, role{role}";
            if (TextProblem(message.Content) is { } content) return $", message {i}, content{content}";
            characters += message.Role.Length + message.Content.Length;
        }
        return null;
    }

    public override Field Field(bool conversational) => conversational
        ? new ListField(Name, new StructField(ListField.ElementName, new DataField<string>("role"), new DataField<string>("content")))
        : new DataField<string>(Name);

    public override async Task WriteAsync(ParquetRowGroupWriter group, Field field, IReadOnlyList<T> rows, CancellationToken cancellationToken)
    {
        if (field is DataField text)
        {
            await group.WriteAsync(text, [.. rows.Select(row => _value(row).Text)]).ConfigureAwait(false);
            return;
        }
        var leaves = ((StructField)((ListField)field).Item).Fields;
        var repetitions = rows.SelectMany(row => _value(row).Messages!.Select((_, i) => i == 0 ? 0 : 1)).ToArray();
        await WriteAsync((DataField)leaves[0], message => message.Role).ConfigureAwait(false);
        await WriteAsync((DataField)leaves[1], message => message.Content).ConfigureAwait(false);

        // No list and nothing in it is null, so every definition level is the highest.
        Task WriteAsync(DataField leaf, Func<ChatMessage, string> part) => group.WriteAllPartsAsync<ReadOnlyMemory<char>>(
            leaf,
            rows.SelectMany(row => _value(row).Messages!).Select(message => part(message).AsMemory()).ToArray(),
            Enumerable.Repeat(leaf.MaxDefinitionLevel, repetitions.Length).ToArray(),
            repetitions,
            cancellationToken);
    }

    public override void Write(Utf8JsonWriter json, T row)
    {
        var transcript = _value(row);
        if (!transcript.IsConversational)
        {
            json.WriteStringValue(transcript.Text);
            return;
        }
        json.WriteStartArray();
        foreach (var message in transcript.Messages)
        {
            json.WriteStartObject();
            json.WriteString("role", message.Role);
            json.WriteString("content", message.Content);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
