using System.Text.Json;

namespace Alignment.Feedback;

/// <summary>From the JSON of a data report to what the advisor must know.</summary>
internal static class DataProfileReader
{
    private const int LatestVersion = 1;
    private const int FewestRepetitions = 30;   // as the report asks before it trusts them

    /// <exception cref="FormatException">A version that came later, or a kind of rows that is not known.</exception>
    public static DataProfile Read(JsonElement report)
    {
        var version = report.GetProperty("schemaVersion").GetInt32();
        if (version is < 1 or > LatestVersion)
            throw new FormatException(FormattableString.Invariant(
                $"A data report must have a schemaVersion from 1 to {LatestVersion}; it has {version}."));
        var kind = report.GetProperty("kind").GetString();
        // By name alone: the names are what the report promises, and TryParse would take numbers too.
        if (!Enum.GetNames<DataShape>().Contains(kind))
            throw new FormatException($"A data report must be of {string.Join(", ", Enum.GetNames<DataShape>())}; it is of \"{kind}\".");
        return new DataProfile
        {
            Shape = Enum.Parse<DataShape>(kind!),
            Rows = report.GetProperty("rows").GetInt64(),
            Desirable = (long?)Figure(report, "classes", "desirable"),
            Undesirable = (long?)Figure(report, "classes", "undesirable"),
            Noise = Noise(report) is { } noise ? Math.Clamp(noise, 0, 0.5) : null,
            LengthAuc = Certain(report, "lengthBias", "auc"),
            Errors = report.TryGetProperty("findings", out var findings)
                ? [.. findings.EnumerateArray().Where(finding => finding.GetProperty("severity").GetString() == "Error")
                    .Select(finding => finding.GetProperty("code").GetString()!)]
                : [],
        };
    }

    private static double? Noise(JsonElement report) => Figure(report, "noise", "repetitions") >= FewestRepetitions
        ? Figure(report, "noise", "flipRate")
        : Figure(report, "noise", "confidentLearning");

    // A bias whose interval leaves chance in is none that is known.
    private static double? Certain(JsonElement report, string section, string name)
    {
        if (Find(report, section, name) is not { } figure) return null;
        var value = figure.GetProperty("value").GetDouble();
        return Optional(figure, "low") is { } low && Optional(figure, "high") is { } high && low <= 0.5 && high >= 0.5 ? 0.5 : value;
    }

    private static double? Figure(JsonElement report, string section, string name) => Find(report, section, name)?.GetProperty("value").GetDouble();

    private static JsonElement? Find(JsonElement report, string section, string name)
    {
        if (!report.TryGetProperty("sections", out var sections)) return null;
        foreach (var one in sections.EnumerateArray().Where(one => one.GetProperty("name").GetString() == section))
            foreach (var figure in one.GetProperty("figures").EnumerateArray())
                if (figure.GetProperty("name").GetString() == name) return figure;
        return null;
    }

    private static double? Optional(JsonElement figure, string name) =>
        figure.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
