namespace Alignment.Data.Reports;

/// <summary>Judgements that can't all be right: the same two responses preferred both ways, and circles of preferences.</summary>
internal sealed class ConsistencyMeasure(DataReportOptions options, JudgementLog log) : TrainMeasure
{
    private const double Many = 0.05;

    protected override void AddTrain(ReportRow row) => log.Add(row);

    public override DataSection? Finish(FindingList findings)
    {
        var (contradictions, contradicting, cycling) = (0L, new SortedSet<long>(), new SortedSet<long>());
        foreach (var graph in log.Graphs())
        {
            contradictions += graph.Contradictions;
            contradicting.UnionWith(graph.ContradictingRows);
            cycling.UnionWith(graph.CycleRows());
        }
        Report("D202", contradicting, $"{Figures.Of(contradictions, "comparison")} of the same two responses " +
            $"{Figures.Verb(contradictions, "goes", "go")} both ways ({Figures.Of(contradicting.Count, "row")}): their gradients cancel.",
            "Ask again, take the majority, or drop both; where there are many, DPO with label smoothing or RobustDpoLoss.");
        Report("D203", cycling, $"{Figures.Of(cycling.Count, "row")} {Figures.Verb(cycling.Count, "lies", "lie")} on circles of preferences (a " +
            $"over b over c over a).",
            "No reward can satisfy a circle: look at the rubric or the annotators of these prompts.");
        return new DataSection("consistency", "Consistency",
            "Per prompt, a graph with an edge from each preferred response to the other; circles are strongly connected components (Tarjan 1972) " +
                "of the majority of judgements.")
        {
            Figures =
            [
                Figures.Count("contradictions", "Comparisons judged both ways", contradictions),
                Figures.Share("contradictingRows", "Rows of them", contradicting.Count, Rows),
                Figures.Share("cycleRows", "Rows on a circle of preferences", cycling.Count, Rows),
            ],
        };

        void Report(string code, SortedSet<long> rows, string message, string remedy)
        {
            findings.Add(code, Share(rows.Count) > Many ? FindingSeverity.Error : FindingSeverity.Warning, rows, message, remedy, options);
        }
    }
}
