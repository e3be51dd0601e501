using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Alignment.Data.Writing;

/// <summary>Rows as JSON Lines: an object a line, UTF-8 without a byte-order mark, lines ended by <c>\n</c>, letters of all scripts as they are.</summary>
internal sealed class JsonLinesRecordWriter<T>(Stream stream, RecordColumn<T>[] columns) : IRowGroupWriter<T>
{
    private const int FlushBytes = 1 << 16;

    // Relaxed: what is escaped by default for the sake of HTML pages only makes files larger.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly JsonEncodedText[] _names = [.. columns.Select(column => JsonEncodedText.Encode(column.Name))];

    public async Task WriteAsync(IReadOnlyList<T> rows, CancellationToken cancellationToken)
    {
        using var json = new Utf8JsonWriter(_bytes, Options);
        foreach (var row in rows)
        {
            Write(json, row);
            if (_bytes.WrittenCount >= FlushBytes) await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Write(Utf8JsonWriter json, T row)
    {
        json.WriteStartObject();
        for (var i = 0; i < columns.Length; i++)
        {
            json.WritePropertyName(_names[i]);
            columns[i].Write(json, row);
        }
        json.WriteEndObject();
        json.Flush();
        json.Reset(_bytes);
        _bytes.Write("\n"u8);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_bytes.WrittenMemory, cancellationToken).ConfigureAwait(false);
        _bytes.ResetWrittenCount();
    }
}
