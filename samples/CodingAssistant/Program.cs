// A coding assistant: fine-tuning on code of mixed quality, pairs by criteria from experts and from a model, DPO, and what each of them brought.
//   dotnet run --project samples/CodingAssistant -c Release -- --help
using Alignment;
using Alignment.Data;
using Alignment.Feedback;
using Alignment.Samples;
using Alignment.Training;

return await Sample.RunAsync<CodingAssistantSettings>(args, async (settings, stop) =>
{
    settings.Validate();
    var criteria = Constitution.Load(settings.Criteria ?? Path.Combine(AppContext.BaseDirectory, "criteria.yaml"));
    var origin = await Origin.FindAsync(settings, stop);
    using var policy = origin.LoadModel();
    using var adviser = Adviser.Find(settings, () => new ScriptedReviewer(criteria));
    var data = await Dataset.ReadAsync(settings, PreferenceReader.ReadAsync, stop);
    var pairs = origin.Encoder.EncodeAll(data.Training, stop);
    var heldOut = origin.Encoder.EncodeAll(data.HeldOut, stop);
    origin.Introduce(policy, pairs.Count, heldOut.Count);

    // A new model learns to code from what is found in the wild: good and bad alike.
    SupervisedStage.Run(policy, pairs.SelectMany(BothAnswers), settings, origin, stop, epochs: 4, always: settings.FineTune);
    using var start = policy.Copy();

    // Pairs by criteria: those of the experts, and answers of the model itself that the adviser has compared.
    var labelling = new Labelling(adviser, criteria, origin, settings);
    await labelling.CalibrateAsync(data.HeldOut, stop);
    IReadOnlyList<TokenizedPair> all = [.. pairs, .. await labelling.PairsOfAsync(start, data.Training, stop)];

    // From there it learns to prefer the better ones, held back by what it was: a smaller beta lets it go farther.
    var stage = new PreferenceStage(start, all, heldOut, origin, settings);
    var provenance = new ProvenanceObserver();
    var result = stage.Run(policy, settings.Beta, settings.Output, await data.SummaryAsync(settings, stop), stop, provenance);
    if (settings.DryRun) return true;
    using var other = start.Copy();
    var otherResult = stage.Run(other, settings.OtherBeta, Path.Combine(settings.Output, "other-beta"), [], stop);

    var folder = Path.Combine(settings.Output, "model");
    policy.SavePretrained(folder);
    SavedModel.Describe(folder, provenance.Provenance, settings, origin, DataFingerprint.Of(all), DataFingerprint.Of(heldOut));

    // What each of them brought, on prompts that nobody learnt from.
    var exam = new Exam(start, data.HeldOut, heldOut.Count, origin, settings);
    var comparison = new Comparison(
        exam.Take("SFT alone", start, null, stop),
        exam.Take($"DPO, beta {settings.Beta}", policy, result, stop),
        exam.Take($"DPO, beta {settings.OtherBeta}", other, otherResult, stop));
    comparison.Show();
    var judged = await comparison.JudgeAsync(adviser, criteria, settings, stop);
    adviser.TellCost();
    return comparison.IsMet(judged, settings);
});

static IEnumerable<TokenizedExample> BothAnswers(TokenizedPair pair) => [new(pair.Prompt, pair.Chosen), new(pair.Prompt, pair.Rejected)];
