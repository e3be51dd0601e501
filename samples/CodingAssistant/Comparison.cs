using Alignment.Evaluation;
using Alignment.Feedback;

namespace Alignment.Samples;

/// <summary>Sets three models side by side: the fine-tuned one, and two that learnt preferences from there.</summary>
internal sealed class Comparison(ExamPaper sft, ExamPaper aligned, ExamPaper other)
{
    private readonly ExamPaper[] _papers = [sft, aligned, other];

    public void Show()
    {
        Screen.Table(["Held-out answers", .. _papers.Select(paper => paper.Name)],
        [
            Row("without a fault", paper => Shares.Of(paper.Rows, row => row.Review.PassesAll)),
            Row("are C#", paper => Shares.Of(paper.Rows, row => row.Review.Parses)),
            .. CodeReview.Criteria.Select(criterion => Row($"{criterion}, of its own prompts", paper => Shares.Of(Of(paper, criterion), row => row.Review.Passes(criterion)))),
            Row("method named as asked", paper => Shares.Of(paper.Rows, row => row.IsNamedAsAsked)),
            Row("divergence, nats an answer", paper => FormattableString.Invariant($"{paper.Divergence:F2}")),
            Row("reward margin, experts' pairs", paper => paper.Margin is { } margin ? FormattableString.Invariant($"{margin:F2}") : "-"),
            Row("experts' pairs ranked right", paper => paper.Accuracy is { } share ? Shares.Of(share) : "-"),
            Row("those that no check tells apart", paper => paper.UnseenAccuracy is { } share ? Shares.Of(share) : "-"),
        ]);
        foreach (var paper in (ExamPaper[])[sft, other])
            Screen.Line($"Answers without a fault, {aligned.Name} less {paper.Name}: {Shares.Of(Bootstrap.Difference(aligned.Passes, paper.Passes))}.");
        Screen.Table(["Held-out prompt", .. _papers.Select(paper => paper.Name)], Interview.Some([.. Enumerable.Range(0, sft.Rows.Count)], 4)
            .Select(row => (string[])[sft.Rows[row].Pair.Prompt.ToString(), .. _papers.Select(paper => paper.Rows[row].Answer)]), isCode: true);
    }

    /// <summary>Has the adviser compare answers in both orders, and tells who wins how often.</summary>
    /// <returns>The win rate against the fine-tuned model.</returns>
    public async Task<Estimate> JudgeAsync(Adviser adviser, Constitution criteria, CodingAssistantSettings settings, CancellationToken stop)
    {
        var rubric = $"Both answer with C# code. {string.Join(' ', criteria.Principles.Select(principle => principle.Text))} Length is no merit.";
        var judge = new PairJudge(adviser.Calls, new JudgeOptions { Rubric = rubric });
        var rates = new List<Estimate>();
        foreach (var paper in (ExamPaper[])[sft, other])
        {
            var pairs = Interview.Some([.. aligned.Rows.Zip(paper.Rows, (ours, theirs) => new JudgedPair(ours.Pair.Prompt, ours.Answer, theirs.Answer))], settings.Judged);
            var report = await judge.CompareAsync(pairs, cancellationToken: stop);
            if (report.Judged == 0) throw report.Outcomes[0].Failure!;
            rates.Add(report.WinRate());
            Screen.Line($"{aligned.Name} against {paper.Name}: wins {Shares.Of(report.WinRate())}, {Shares.Of(report.LengthControlledWinRate())} with length taken out; ties {report.TieRate:P1}, flips {report.FlipRate:P1}, {report.Failed} failed.");
        }
        if (adviser.IsScripted) Screen.Line($"Checks, labels and verdicts come from the same rules here: they show that the model learnt what it was told. What the rules don't know is in the last lines of the table.");
        return rates[0];
    }

    /// <summary>Tells whether the results are as good as was asked for.</summary>
    public bool IsMet(Estimate wins, CodingAssistantSettings settings)
    {
        var (share, gain, rank) = (aligned.Passes.Average(), Bootstrap.Difference(aligned.Passes, sft.Passes), aligned.Accuracy!.Value);
        bool[] met =
        [
            Screen.Verdict(share >= settings.MinPassRate, $"{share:P1} of the answers have no fault; asked for: {settings.MinPassRate:P0}"),
            Screen.Verdict(gain.Low > 0, $"{Shares.Of(gain)} more of them than after fine-tuning alone; asked for: surely more than none"),
            Screen.Verdict(wins.Value >= settings.MinWinRate && wins.Low > 0.5, $"{Shares.Of(wins)} of the comparisons are won against fine-tuning alone; asked for: {settings.MinWinRate:P0}, and surely above a half"),
            Results.IsAccurate(rank.Value, rank.Interval, settings.MinAccuracy),
        ];
        return met.All(one => one);
    }

    private string[] Row(string measure, Func<ExamPaper, string> number) => [measure, .. _papers.Select(number)];

    // Where the rows come from elsewhere, every prompt is one of every criterion.
    private static IReadOnlyList<ExamRow> Of(ExamPaper paper, string criterion) =>
        paper.Rows.Where(row => row.Pair.Source == criterion).ToList() is { Count: > 0 } own ? own : paper.Rows;
}
