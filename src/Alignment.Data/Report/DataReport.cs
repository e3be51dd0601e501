using Alignment.Data.Reports;

namespace Alignment.Data;

/// <summary>What a data set is like before anything is trained on it: counts, lengths, faults, and what to do about them.</summary>
/// <remarks>
/// Made by <see cref="OfAsync(IAsyncEnumerable{PreferencePair}, DataReportOptions, IAsyncEnumerable{PreferencePair}, CancellationToken)"/> and its
/// sisters in one pass over the rows; hashes and counters are kept, not texts. Figures have stable names:
/// <c>report.Value("duplicates", "rows")</c>. Texts appear only where <see cref="DataReportOptions.IncludeExamples"/> asks for them.
/// </remarks>
public sealed partial record DataReport
{
    /// <summary>The version of the JSON that <see cref="ToJson"/> writes. Names are added without a new number, never changed or taken away.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The version of the JSON.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>What is reported on, as the reader of the report knows it.</summary>
    public required string Title { get; init; }

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>What the rows are.</summary>
    public required RecordKind Kind { get; init; }

    /// <summary>Rows to train on.</summary>
    public required long Rows { get; init; }

    /// <summary>Held-out rows, or null where none were given.</summary>
    public long? HeldOutRows { get; init; }

    /// <summary>What was found, the worst first.</summary>
    public IReadOnlyList<DataFinding> Findings { get; init; } = [];

    /// <summary>The measures in the order in which they are read.</summary>
    public IReadOnlyList<DataSection> Sections { get; init; } = [];

    /// <summary>The first rows as the model sees them; empty without a tokenizer or without <see cref="DataReportOptions.IncludeExamples"/>.</summary>
    public IReadOnlyList<DataPreview> Previews { get; init; } = [];

    /// <summary>Whether a finding is an error; a program should then end with an exit code other than 0.</summary>
    public bool HasErrors => Findings.Any(finding => finding.Severity == FindingSeverity.Error);

    /// <summary>The section of a name, or null where the report has none.</summary>
    /// <param name="name">For example <c>lengths</c>.</param>
    public DataSection? Section(string name) => Sections.FirstOrDefault(section => section.Name == name);

    /// <summary>A number of a section, or null where there is none.</summary>
    /// <param name="section">For example <c>duplicates</c>.</param>
    /// <param name="figure">For example <c>rows</c>.</param>
    public double? Value(string section, string figure) => Section(section)?.Value(figure);

    /// <summary>Findings and figures as titles and values: what the page of a training run says of its data.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ToSummary() =>
    [
        .. Findings.Select(finding => KeyValuePair.Create($"{finding.Severity} {finding.Code}", finding.Message)),
        .. Sections.SelectMany(section => section.Figures.Select(figure => KeyValuePair.Create($"{section.Title}: {figure.Label}", FigureText.Of(figure)))),
    ];

    /// <summary>The report as JSON, indented.</summary>
    public string ToJson() => DataReportText.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="DataFormatException">The text is not the JSON of a report, or of a version that came later.</exception>
    public static DataReport FromJson(string json) => DataReportText.Read(json);

    /// <summary>The report as one HTML page that needs no script, no network and no other file.</summary>
    public string ToHtml() => DataReportPage.Of(this);

    /// <summary>Writes <c>report.json</c> and <c>report.html</c>, each in full or not at all.</summary>
    /// <param name="folder">The folder, made where it is missing.</param>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, "report.json"), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(ToJson())));
        AtomicFile.Write(Path.Combine(folder, "report.html"), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(ToHtml())));
    }
}
