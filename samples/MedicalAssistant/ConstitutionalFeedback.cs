using Alignment.Feedback;

namespace Alignment.Samples;

/// <summary>Critiques, revisions and labels by the medical constitution, each row by that of its own language.</summary>
internal sealed class ConstitutionalFeedback(CallPipeline calls, MedicalSettings settings, IProgress<CallProgress>? progress, CancellationToken stop)
{
    private const int Rounds = 2;

    /// <summary>A critique and a revision each round, and both orders of two answers for each principle.</summary>
    public int Calls(int prompts) => prompts * 2 * (Rounds + settings.Principles);

    public async Task<IReadOnlyList<RevisionTrace>> ReviseAsync(IReadOnlyList<Demonstration> answers)
    {
        var traces = new List<RevisionTrace>();
        FeedbackException? failure = null;
        foreach (var (constitution, rows) in ByLanguage(answers, row => row.Prompt))
        {
            var reviser = new CritiqueReviser(calls, constitution, new ReviserOptions { MaxRounds = Rounds, Seed = settings.Seed });
            var report = await reviser.ReviseAsync(rows, progress, stop);
            failure ??= report.Outcomes.Select(outcome => outcome.Failure).FirstOrDefault(failed => failed is not null);
            traces.AddRange(report.Traces);
        }
        return traces.Count > 0 || failure is null ? traces : throw failure;
    }

    /// <summary>The pairs that labels make. Answers between which principles and orders are divided make none.</summary>
    public async Task<IReadOnlyList<PreferencePair>> LabelAsync(IReadOnlyList<LabelCandidate> candidates)
    {
        var pairs = new List<PreferencePair>();
        foreach (var (constitution, rows) in ByLanguage(candidates, row => row.Prompt))
        {
            var labeler = new AiLabeler(calls, constitution, new LabelerOptions { PrinciplesPerPair = settings.Principles, Seed = settings.Seed });
            pairs.AddRange((await labeler.LabelAsync(rows, progress, stop)).Pairs());
        }
        return pairs;
    }

    private static IEnumerable<(Constitution Constitution, IReadOnlyList<T> Rows)> ByLanguage<T>(IReadOnlyList<T> rows, Func<T, Transcript> prompt) =>
        rows.GroupBy(row => prompt(row).IsKorean() ? FeedbackLanguage.Korean : FeedbackLanguage.English)
            .Select(group => (Constitution.Medical(group.Key), (IReadOnlyList<T>)[.. group]));
}
