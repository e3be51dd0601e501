using System.ComponentModel;
using Alignment.Data;

namespace Alignment.Samples;

/// <summary>What samples/DataReport can be told.</summary>
[Description("Looks at a data set before anything is trained on it. Ends with 1 where a finding is an error.")]
internal sealed record DataReportSettings
{
    [Description("Rows to look at: Parquet or JSON lines, as a file, a glob or a folder; without it the emergency advice of samples/data")]
    public string? Data { get; init; }

    [Description("Rows that are held out, which must not be among the others")]
    public string? Test { get; init; }

    [Description("What the rows are: pairs, unpaired, demonstrations or prompts")]
    public RecordKind Kind { get; init; } = RecordKind.Pairs;

    [Description("A model's folder, whose tokenizer counts tokens")]
    public string? Model { get; init; }

    [Description("Longest row in tokens")]
    public int? MaxLength { get; init; }

    [Description("Folder for report.json and report.html")]
    public string Output { get; init; } = Path.Combine(Path.GetTempPath(), "alignment-data-report");

    [Description("Shows texts of rows")]
    public bool Examples { get; init; }
}
