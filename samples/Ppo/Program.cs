// All of RLHF on one machine: fine-tuning, a reward model from pairs of answers, and PPO against it.
//   dotnet run --project samples/Ppo -c Release -- --help
using Alignment;
using Alignment.Data;
using Alignment.Samples;
using Alignment.Training;

return await Sample.RunAsync<PpoSettings>(args, async (settings, stop) =>
{
    var origin = await Origin.FindAsync(settings, stop);
    using var policy = origin.LoadModel();
    var data = await Dataset.ReadAsync(settings, PreferenceReader.ReadAsync, stop);
    var pairs = origin.Encoder.EncodeAll(data.Training, stop);
    var heldOut = origin.Encoder.EncodeAll(data.HeldOut, stop);
    origin.Introduce(policy, pairs.Count, heldOut.Count);

    // First the model learns to answer, then others which answers people prefer: one to train against, and one to see whether that was gamed.
    SupervisedStage.Run(policy, pairs.Select(pair => new TokenizedExample(pair.Prompt, pair.Chosen)), settings, origin, stop);
    var judges = new RewardStage(policy, settings, origin, stop);
    using var scorer = judges.First(pairs, heldOut);
    using var second = judges.Second(heldOut, pairs);

    // Then it learns from its own answers and their scores, held back by what it was; values begin as the scores do.
    using var start = policy.Copy();
    using var values = scorer.ToValueModel();
    var (reward, gold) = (RewardSource.Of(scorer), RewardSource.Of(second));
    var models = OnPolicyModels.Apart(policy, ReferencePolicy.Frozen(start), reward, values, gold);
    var run = settings.Run("ppo", origin.Tokenizer);
    var options = new PpoOptions
    {
        Rollout = new RolloutOptions { MaxNewTokens = settings.MaxNewTokens, Temperature = 0.7 },
        Kl = new KlOptions { Coefficient = settings.KlCoefficient },
        Update = new UpdateOptions { Epochs = 2, MiniBatches = 2 },
        Run = run with
        {
            MaxSteps = settings.Iterations,
            BatchSize = settings.Prompts,
            LoggingSteps = 1,
            Evaluation = run.Evaluation with { EvalSteps = 5 },
        },
        Optimizer = new OptimizerOptions { LearningRate = settings.LearningRate ?? (policy.IsSmall() ? 1e-4 : null), Epsilon = 1e-5 },
    };
    TokenizedPrompt[] prompts = [.. pairs.Select(pair => new TokenizedPrompt(pair.Prompt))];
    TokenizedPrompt[] asked = [.. Interview.Some(heldOut, 128).Select(pair => new TokenizedPrompt(pair.Prompt))];

    var interview = new Interview(heldOut.Select(pair => pair.Prompt), origin, settings);
    var contest = new Contest(asked, options.Rollout, origin.Tokenizer, settings);
    var (before, entered) = (interview.Ask(policy, stop), contest.Enter(policy, stop));
    var provenance = new ProvenanceObserver();
    var result = new PpoTrainer(models, options).Train(
        prompts, asked, Observers.In(settings.Output, settings, await data.SummaryAsync(settings, stop), provenance), stop);
    if (settings.DryRun) return true;

    interview.Show(("Answer before", before), ("Answer after", interview.Ask(policy, stop)));
    var folder = Path.Combine(settings.Output, "model");
    policy.SavePretrained(folder);
    SavedModel.Describe(folder, provenance.Provenance, settings, origin, DataFingerprint.Of(pairs), DataFingerprint.Of(heldOut));

    var answers = contest.Enter(policy, stop);
    var risen = Contest.Tell("The reward model", reward, entered, answers, stop);
    Contest.Tell("The second model, which nothing was trained against", gold, entered, answers, stop);
    var kl = result.Measured("eval/kl");
    return Screen.Verdict(risen > 0 && kl <= settings.MaxKl, $"Divergence {kl:F1} nats an answer, at most {settings.MaxKl:F0} are allowed; the reward must have risen.");
});
