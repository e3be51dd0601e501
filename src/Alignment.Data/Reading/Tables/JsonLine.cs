using System.Text.Json;
using System.Text.Unicode;

namespace Alignment.Data.Reading;

/// <summary>One line as a JSON object.</summary>
internal static class JsonLine
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>The object, or what is wrong with the line.</summary>
    public static (JsonDocument? Row, CellFault? Fault) Parse(LineReader lines, int maxBytes)
    {
        if (lines.IsTooLong) return (null, new CellFault(RowProblem.TooLong, $"the line must have at most MaxLineBytes = {maxBytes} bytes; it has more."));
        if (!Utf8.IsValid(lines.Line.Span)) return (null, new CellFault(RowProblem.InvalidJson, "the line must be UTF-8; it isn't."));
        try
        {
            var row = JsonDocument.Parse(lines.Line, Options);
            if (row.RootElement.ValueKind == JsonValueKind.Object) return (row, null);
            var what = JsonCells.Describe(row.RootElement);
            row.Dispose();
            return (null, new CellFault(RowProblem.InvalidJson, $"the line must be a JSON object; it is {what}."));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)   // the latter for a key with half a surrogate pair
        {
            return (null, new CellFault(RowProblem.InvalidJson, $"the line must be a JSON object: {error.Message}"));
        }
    }

    public static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) < 0;
}
