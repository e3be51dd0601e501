using Alignment.Feedback;
using Alignment.Generation;

namespace Alignment.Samples;

/// <summary>Pairs that the adviser labels by the criteria: each principle votes on both orders of the answers.</summary>
internal sealed class Labelling(Adviser adviser, Constitution criteria, Origin origin, CodingAssistantSettings settings)
{
    private readonly AiLabeler _labeler = new(adviser.Calls, criteria);

    /// <summary>Tells how often the adviser agrees with experts, by the criterion of their pairs, before its labels are learnt from.</summary>
    public async Task CalibrateAsync(IReadOnlyList<PreferencePair> experts, CancellationToken stop)
    {
        if (settings.DryRun) return;
        var (asked, judged) = (Math.Min(settings.Calibrated, experts.Count), Math.Min(settings.Judged, experts.Count));
        Screen.Line($"The adviser will be asked at most {2 * criteria.Principles.Count * (asked + settings.Labelled) + 4 * judged:N0} questions.");

        var report = await LabelAsync([.. Interview.Some(experts, asked).Select(pair => LabelCandidate.Of(Code.Plain(pair)))], stop);
        Screen.Table(["Experts' pairs by", "Pairs", "Adviser agrees", "disagrees", "sees no difference"], report.Labels
            .GroupBy(label => label.Candidate.Source ?? "unknown").OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (string[])[group.Key, $"{group.Count()}", .. ((Preference[])[Preference.First, Preference.Second, Preference.Tie])
                .Select(preference => Shares.Of(group, label => label.Preference == preference))]));
        Tell("Experts' pairs", report);
        if (adviser.IsScripted) Screen.Line($"The script is a linter: where a principle's checks find as much in both answers, its vote flips with the order and counts for neither.");
    }

    /// <summary>Two answers of the model to each of some prompts, as pairs where the adviser is sure enough.</summary>
    public async Task<IReadOnlyList<TokenizedPair>> PairsOfAsync(CausalLanguageModel model, IReadOnlyList<PreferencePair> rows, CancellationToken stop)
    {
        if (settings.DryRun || settings.Labelled == 0) return [];
        var prompts = Interview.Some([.. rows.Select(row => row.Prompt).Distinct()
            .Where(prompt => origin.Encoder.EncodePrompt(prompt).Count + settings.MaxNewTokens <= model.MaxPositions)], settings.Labelled);
        var answers = new TextGenerator(model, origin.Tokenizer).Generate(
            [.. prompts.Select(origin.Encoder.EncodePrompt)], Code.Drawn(settings, samples: 2), stop);
        var candidates = prompts.Zip(answers.Chunk(2), (prompt, two) => new LabelCandidate(Code.Plain(prompt), two[0].Text.Trim(), two[1].Text.Trim()) { Source = "adviser" })
            .Where(candidate => !candidate.First.Equals(candidate.Second)).ToList();
        var report = await LabelAsync(candidates, stop);
        var pairs = report.Pairs(settings.LeastSure);
        Tell("The model's own answers", report);
        Screen.Line($"{prompts.Count} prompts, {candidates.Count} with two different answers, make {pairs.Count} pairs at {settings.LeastSure:P0} or surer.");
        return origin.Encoder.EncodeAll([.. pairs.Select(Turns.Of)], stop);
    }

    private async Task<LabelReport> LabelAsync(IReadOnlyList<LabelCandidate> candidates, CancellationToken stop)
    {
        var report = await _labeler.LabelAsync(candidates, cancellationToken: stop);
        // Where no call went through, why is all there is to say.
        return report.Outcomes.Count > 0 && report.Failed == report.Outcomes.Count ? throw report.Outcomes[0].Failure! : report;
    }

    private static void Tell(string what, LabelReport report)
    {
        Screen.Line($"{what}: {report.Labels.Count()} labels, {report.Failed} failed, flip rate {report.FlipRate:P1}, first place {report.FirstPlaceRate:P1}, principles agree with their label in {report.Agreement:P1}.");
    }
}
