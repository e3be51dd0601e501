using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Alignment.Data.Reports;

/// <summary>Reports to JSON and back.</summary>
internal static class DataReportText
{
    // Korean stays Korean: the text goes into a file of its own, never into a page.
    private static readonly JsonSerializerOptions Options = new(DataReportJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonTypeInfo<DataReport> Type => (JsonTypeInfo<DataReport>)Options.GetTypeInfo(typeof(DataReport));

    public static string Write(DataReport report) => JsonSerializer.Serialize(report, Type);

    public static DataReport Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var report = JsonSerializer.Deserialize(json, Type) ?? throw new JsonException("It is null.");
            return report.SchemaVersion is >= 1 and <= DataReport.CurrentSchemaVersion
                ? report
                : throw new DataFormatException($"A data report must have a schemaVersion from 1 to {DataReport.CurrentSchemaVersion}; it has " +
                    $"{report.SchemaVersion}.");
        }
        catch (JsonException error)
        {
            throw new DataFormatException($"A data report must be the JSON that DataReport.ToJson writes. {error.Message}", error);
        }
    }
}
