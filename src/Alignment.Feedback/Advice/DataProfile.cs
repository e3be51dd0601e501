using System.Text.Json;

namespace Alignment.Feedback;

/// <summary>What the advisor must know of a data set. Figures that nobody measured are null.</summary>
public sealed record DataProfile
{
    /// <summary>What the rows are.</summary>
    public required DataShape Shape { get; init; }

    /// <summary>Rows to train on.</summary>
    /// <value>0 or greater.</value>
    public required long Rows { get; init => field = (long)Ensure.NotNegative(value); }

    /// <summary>Desirable responses, where rows are unpaired.</summary>
    public long? Desirable { get; init => field = value is { } count ? (long)Ensure.NotNegative(count) : null; }

    /// <summary>Undesirable responses, where rows are unpaired.</summary>
    public long? Undesirable { get; init => field = value is { } count ? (long)Ensure.NotNegative(count) : null; }

    /// <summary>The share of labels that are the wrong way round.</summary>
    /// <value>At least 0 and at most 0.5.</value>
    public double? Noise { get; init => field = value is { } share ? Ensure.Within(share, 0, 0.5) : null; }

    /// <summary>The chance that the better response is the longer one; 0.5 is no bias.</summary>
    /// <value>At least 0 and at most 1.</value>
    public double? LengthAuc { get; init => field = value is { } auc ? Ensure.Within(auc, 0, 1) : null; }

    /// <summary>Codes of the report's findings that are errors, such as <c>D802</c>.</summary>
    public IReadOnlyList<string> Errors { get; init => field = Ensure.NotNull(value); } = [];

    /// <summary>Reads the JSON of a data report (<c>DataReport.ToJson</c>, <c>report.json</c>).</summary>
    /// <param name="json">The JSON. Of noise the report's best estimate is taken: repeated comparisons where there are 30, else confident
    /// learning.</param>
    /// <exception cref="FormatException">It is no data report, or of a version that came later.</exception>
    public static DataProfile FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return DataProfileReader.Read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException($"A data profile must come from the JSON that DataReport.ToJson writes. {error.Message}", error);
        }
    }
}
