using System.Text.Json.Serialization;

namespace Alignment.Data.Reports;

/// <summary>The JSON of a report: camel case, names of enumerations as text, no reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true, NewLine = "\n",
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DataReport))]
internal sealed partial class DataReportJson : JsonSerializerContext;
