namespace Alignment.Training;

/// <summary>What a report keeps of a run, in memory that does not grow with its length.</summary>
internal sealed class RunRecord
{
    public const int MostWarnings = 200;
    public const int MostEvaluations = 32;

    public OrderedDictionary<string, Curve> Curves { get; init; } = [];

    /// <summary>The first evaluation, the best so far, and the last ones: a run that goes back to a checkpoint has those of that time.</summary>
    public List<EvaluationDone> Evaluations { get; init; } = [];

    public EvaluationDone? First => Evaluations.FirstOrDefault();

    public EvaluationDone? Best => Evaluations.FindLast(evaluation => evaluation.IsBest);

    public EvaluationDone? Last => Evaluations.LastOrDefault();

    /// <summary>Responses of the first step that showed some, and of the last.</summary>
    public List<SampledResponses> Responses { get; init; } = [];

    public List<RunWarning> Warnings { get; init; } = [];

    /// <summary>Warnings that came after the first <see cref="MostWarnings"/>.</summary>
    public int MoreWarnings { get; set; }

    /// <summary>Bytes that the run was expected to need, by part.</summary>
    public List<KeyValuePair<string, long>> Memory { get; init; } = [];

    /// <summary>The first row, a sequence after another, with what is trained marked.</summary>
    public List<PreviewSequence> FirstRow { get; init; } = [];

    public int Step { get; set; }

    public RunEnded? Ended { get; set; }

    /// <summary>What ended the run, where it was an error.</summary>
    public string? Error { get; set; }

    public void Add(StepMetrics step)
    {
        Step = step.Step;
        foreach (var (name, value) in step.Metrics) Add(name, step.Step, value);
    }

    public void Add(SampledResponses responses)
    {
        if (Responses.Count == 2) Responses.RemoveAt(1);
        Responses.Add(responses);
    }

    public void Add(EvaluationDone evaluation)
    {
        Evaluations.Add(evaluation);
        if (Evaluations.Count > MostEvaluations) Evaluations.RemoveAt(Evaluations.FindIndex(1, kept => kept != Best));
        foreach (var (name, value) in evaluation.Metrics)
            if (!name.StartsWith(MetricNames.SourcePrefix, StringComparison.Ordinal)) Add(name, evaluation.Step, value);
    }

    public void Add(RunWarning warning)
    {
        if (Warnings.Count < MostWarnings) Warnings.Add(warning);
        else MoreWarnings++;
    }

    /// <summary>Goes back to a checkpoint: what came after it is void.</summary>
    public void CutBack(RunStarted started)
    {
        foreach (var curve in Curves.Values) curve.CutBack(started.Step);
        Evaluations.RemoveAll(evaluation => evaluation.Step > started.Step);
        Responses.RemoveAll(responses => responses.Step > started.Step);
        Warnings.RemoveAll(warning => warning.Step > started.Step);
        (Step, Ended, Error) = (started.Step, null, null);
        // The page may be older than the checkpoint.
        foreach (var step in started.RecentSteps.Where(step => step.Step <= started.Step))
            foreach (var (name, value) in step.Metrics)
                if (!Curves.TryGetValue(name, out var curve) || curve.LastStep < step.Step) Add(name, step.Step, value);
    }

    private void Add(string name, int step, double value)
    {
        if (!Curves.TryGetValue(name, out var curve)) Curves.Add(name, curve = new Curve());
        curve.Add(step, value);
    }
}
