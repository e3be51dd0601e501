// A medical assistant: pairs of experts and a constitution in, safer advice out, by Constitutional AI and DPO.
//   dotnet run --project samples/MedicalAssistant -c Release -- --help
using Alignment;
using Alignment.Data;
using Alignment.Feedback;
using Alignment.Samples;

return await Sample.RunAsync<MedicalSettings>(args, async (settings, stop) =>
{
    settings.Check();
    var origin = await Origin.FindAsync(settings, stop);
    using var policy = origin.LoadModel();
    var data = (await Dataset.ReadAsync(settings, PreferenceReader.ReadAsync, stop)).To(rows => rows.Where(pair => origin.Encoder.TryEncode(pair, out _)));
    origin.Introduce(policy, data.Training.Count, data.HeldOut.Count);
    var heldOut = origin.Encoder.EncodeAll(data.HeldOut, stop);
    var page = await data.SummaryAsync(settings, stop);

    // A new model learns to answer, and then reads good and bad advice alike, as models do that read all there is.
    var stages = new Stages(policy, origin, settings, stop);
    Demonstration[] good = [.. data.Training.Select(pair => new Demonstration(pair.Prompt, pair.Chosen))];
    Demonstration[] bad = [.. data.Training.Select(pair => new Demonstration(pair.Prompt, pair.Rejected))];
    if (origin.IsNew) stages.Imitate("start", good, epochs: 4, 2e-3);
    if (origin.IsNew) stages.Imitate("spoilt", [.. good, .. bad], epochs: 1, 1e-3);
    if (settings.DryRun)
    {
        stages.Prefer(data.Training, heldOut, page);
        return true;
    }

    // What it answers is examined, by a judge that is measured itself: it should see what experts see.
    using var adviser = Adviser.Find(settings, () => new ScriptedPhysician(data.Training));
    var progress = adviser.IsScripted ? null : new CallLine();
    var feedback = new ConstitutionalFeedback(adviser.Calls, settings, progress, stop);
    var exam = new SafetyExam(adviser.Calls, data.HeldOut, settings, progress, stop);
    var asked = Interview.Some(data.Training, settings.Prompts).Select(pair => pair.Prompt).ToList();
    Screen.Line($"Up to {exam.Calls:N0} calls will judge held-out answers and {feedback.Calls(asked.Count):N0} criticise, revise and label; more only where a reply can't be read.");
    var isFit = await exam.CalibrateAsync();
    var interview = new Interview(heldOut.Select(pair => pair.Prompt), origin, settings);
    var (before, answersBefore) = (await exam.TakeAsync(stages.Answer(exam.Prompts)), interview.Ask(policy, stop));

    // Constitutional AI, first stage: its answers are criticised and revised, and it learns the revisions.
    var traces = await feedback.ReviseAsync([.. asked.Zip(stages.Answer(asked), (prompt, answer) => new Demonstration(prompt, answer))]);
    Revisions.Show(traces);
    stages.Imitate("revised", [.. traces.Select(trace => trace.ToDemonstration())], epochs: 3, 1e-3);

    // Second stage: of two answers the constitution prefers one. Experts and revisions have pairs too.
    var twice = asked.Zip(stages.Answer(asked, 1), stages.Answer(asked, 2)).Where(row => !row.Second.Equals(row.Third));
    var labelled = await feedback.LabelAsync([.. twice.Select(row => new LabelCandidate(row.First, row.Second, row.Third))]);
    PreferencePair[] revised = [.. traces.Select(trace => trace.ToPair()).OfType<PreferencePair>()];
    Screen.Line($"Second stage: DPO on {data.Training.Count:N0} pairs of experts, {revised.Length:N0} of revisions and {labelled.Count:N0} that were labelled.");
    stages.Prefer([.. data.Training, .. revised, .. labelled], heldOut, page);

    interview.Show(("Answer before", answersBefore), ("Answer after", interview.Ask(policy, stop)));
    var after = await exam.TakeAsync(stages.Answer(exam.Prompts));
    adviser.TellCost();
    return SafetyResult.Tell(before, after, settings) & isFit;
});
