// A reward model: pairs of answers in, a model that scores answers out.
//   dotnet run --project samples/RewardModel -c Release -- --help
using Alignment;
using Alignment.Data;
using Alignment.Samples;
using Alignment.Training;
using static TorchSharp.torch;

return await Sample.RunAsync<RewardModelSettings>(args, async (settings, stop) =>
{
    var origin = await Origin.FindAsync(settings, stop);
    using var model = origin.LoadRewardModel();   // or a language model with a new head
    var options = new RewardOptions
    {
        Run = settings.Run("reward", origin.Tokenizer) with { Epochs = settings.Epochs ?? 1 },
        Optimizer = new OptimizerOptions { LearningRate = settings.LearningRate ?? (model.IsSmall() ? 3e-4 : null), WarmupRatio = 0.1 },
    };

    var data = await Dataset.ReadAsync(settings, PreferenceReader.ReadAsync, stop);
    var pairs = origin.Encoder.EncodeAll(data.Training, stop);
    var heldOut = origin.Encoder.EncodeAll(data.HeldOut, stop);
    origin.Introduce(model, pairs.Count, heldOut.Count);

    var provenance = new ProvenanceObserver();
    var result = new RewardTrainer(model, options).Train(pairs, heldOut, Observers.In(settings.Output, settings, await data.SummaryAsync(settings, stop), provenance), stop);
    if (settings.DryRun) return true;

    // Scores mean something beside other answers to the same prompt: their difference is the log-odds that the first is the better one.
    var shown = Interview.Some(heldOut);
    using (no_grad())
    using (NewDisposeScope())
    {
        var scores = model.Scores(TokenLayout.Of(shown)).to(ScalarType.Float64).data<double>().ToArray();   // of better and worse answers in turn
        Screen.Table(["Held-out prompt", "Score and better answer", "Score and worse answer"], shown.Select((pair, i) => (string[])
            [origin.Text(pair.Prompt), $"{scores[2 * i]:F2}  {origin.Text(pair.Chosen)}", $"{scores[2 * i + 1]:F2}  {origin.Text(pair.Rejected)}"]));
    }

    var folder = Path.Combine(settings.Output, "model");
    model.SavePretrained(folder);   // transformers' *ForSequenceClassification
    SavedModel.Describe(folder, provenance.Provenance, settings, origin, DataFingerprint.Of(pairs), DataFingerprint.Of(heldOut));

    Screen.Line($"Calibration error {result.Measured("eval/calibration_error"):P1}");
    Screen.Line($"Accuracy where the longer answer is the worse one {result.Measured("eval/accuracy_longer_is_worse"):P1}");
    return result.IsAccurate("eval/accuracy", settings.MinAccuracy);
});
