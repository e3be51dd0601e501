namespace Alignment.Data.Reports;

/// <summary>How many rows there are, from where, with how many prompts and messages.</summary>
internal sealed class CountMeasure(PromptIndex prompts) : TrainMeasure
{
    private const int MostSources = 1000;
    private const int Shown = 30;
    private const string Unnamed = "(none)";
    private const string Others = "(others)";

    private readonly Dictionary<string, long> _bySource = new(StringComparer.Ordinal);
    private long _conversations;
    private long _messages;
    private double _weights;
    private long _weighted;

    protected override void AddTrain(ReportRow row)
    {
        var source = row.Record.Source ?? Unnamed;
        if (_bySource.Count >= MostSources && !_bySource.ContainsKey(source)) source = Others;
        _bySource[source] = _bySource.GetValueOrDefault(source) + 1;
        if (row.Record.Prompt.Messages is { } messages)
        {
            _conversations++;
            _messages += messages.Count;
        }
        var weight = row.Record switch
        {
            PreferencePair pair => pair.Weight,
            UnpairedResponse response => response.Weight,
            Demonstration demonstration => demonstration.Weight,
            _ => null,
        };
        if (weight is not { } given) return;
        _weighted++;
        _weights += given;
    }

    public override DataSection? Finish(FindingList findings)
    {
        if (_weighted > 0 && _weights == 0)
            findings.Add("D002", FindingSeverity.Error, "Every row that has a weight has weight 0: nothing would be learnt from them.",
                "Look at the column that weights are read from.");
        var sources = _bySource.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(Shown);
        List<DataFigure> figures =
        [
            Figures.Count("rows", "Rows to train on", Rows),
            Figures.Count("prompts", "Prompts that differ", prompts.TrainPrompts),
            Figures.Count("conversations", "Rows whose prompt is a conversation", _conversations),
        ];
        if (_conversations > 0) figures.Add(Figures.Number("messages", "Messages in such a prompt, mean", (double)_messages / _conversations));
        return new DataSection("counts", "Rows", "Prompts are the same where they differ only in letter case and white space.")
        {
            Figures = figures,
            Tables = [new DataTable("sources", "Rows by source", ["Source", "Rows", "Share"], [FigureUnit.Count, FigureUnit.Share],
                [.. sources.Select(pair => new DataTableRow(pair.Key, [pair.Value, Share(pair.Value)]))])],
        };
    }
}
