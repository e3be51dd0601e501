using Alignment.Data;
using Alignment.Losses;
using Alignment.Models;
using Alignment.Training;
using TorchSharp;

namespace Alignment.Tests.Runs;

/// <summary>
/// All nine recorded runs: ten steps of TRL's trainers on the recorded model and Parquet file, from the file to the last log-probability. Two
/// implementations of the same run differ by up to 1e-6 in the loss and 6e-5 in the gradient norm.
/// </summary>
public sealed class RecordedRunTests
{
    [Theory, InlineData("dpo"), InlineData("dpo_ipo"), InlineData("dpo_precomputed"), InlineData("dpo_conversational")]
    public async Task Pairs(string name)
    {
        var run = new RecordedRun(name);
        using var policy = PretrainedModel.Load(Golden.Path("models", "llama"));
        using var start = policy.Copy();
        var pairs = await run.PairsAsync();
        var reference = name == "dpo_precomputed" ? ReferencePolicy.Cached(ReferenceLogProbs.Compute(start, pairs, batchSize: 3)) : ReferencePolicy.Frozen(start);
        var recorder = new Recorder<DpoStep>();

        new DpoTrainer(policy, reference, new DpoOptions { Loss = LossOf(name), Run = run.Run(), Optimizer = run.Optimizer() }).Train(pairs, null, recorder);

        run.RequireSteps(recorder.Steps, IsUndecided);
        run.RequireWeights(policy);
        run.RequireFinal(policy);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Pairs_with_an_adapter_whose_base_is_the_reference(bool usesCheckpointing)
    {
        var run = new RecordedRun("dpo_lora");
        using var policy = PretrainedModel.Load(Golden.Path("models", "llama"));
        policy.Adapters.Load("default", Golden.Path("runs", "dpo_lora", "adapter_before"), isTrainable: true);
        var recorder = new Recorder<DpoStep>();
        var options = new DpoOptions { Run = run.Run() with { GradientCheckpointing = usesCheckpointing }, Optimizer = run.Optimizer() };

        new DpoTrainer(policy, ReferencePolicy.BaseOf(policy), options).Train(await run.PairsAsync(), null, recorder);

        run.RequireSteps(recorder.Steps, IsUndecided);
        run.RequireFinal(policy);
        using var after = SafetensorsFile.Open(Golden.Path("runs", "dpo_lora", "adapter_after", "adapter_model.safetensors"));
        foreach (var (name, parameter) in policy.TrainedParameters)
        {
            using var scope = torch.NewDisposeScope();
            var expected = after.Read("base_model.model." + name.Replace(".default.", ".", StringComparison.Ordinal));
            // Adam divides by the size of a gradient, so that rounding errors of small ones grow to a part of a step of 5e-3.
            Assert.InRange((expected - parameter.detach()).abs().max().item<float>(), 0, 5e-4);
        }
    }

    [Fact]
    public async Task Rewards_with_margins()
    {
        var run = new RecordedRun("reward");
        using var model = PretrainedModel.LoadRewardModel(Golden.Path("models", "llama_reward"), torch.ScalarType.Float32);
        var recorder = new Recorder<RewardStep>();
        var loss = new BradleyTerryLoss { CenterRewardsCoefficient = run.Settings.GetProperty("center_rewards_coefficient").GetDouble() };

        new RewardTrainer(model, new RewardOptions { Loss = loss, Run = run.Run(), Optimizer = run.Optimizer() }).Train(await run.PairsAsync(), null, recorder);

        // TRL's smallest and largest reward are means over the batches of a step; ours are the smallest and largest of the step.
        run.RequireSteps(recorder.Steps, (metric, _) => metric is "min_reward" or "max_reward");
        run.RequireWeights(model);
        run.RequireFinal(model);
    }

    [Fact]
    public async Task Single_responses()
    {
        var run = new RecordedRun("kto");
        using var policy = PretrainedModel.Load(Golden.Path("models", "llama"));
        using var reference = policy.Copy();
        var recorder = new Recorder<KtoStep>();
        var loss = new KtoLoss
        {
            Beta = run.Settings.GetProperty("beta").GetDouble(),
            DesirableWeight = run.Settings.GetProperty("desirable_weight").GetDouble(),
            UndesirableWeight = run.Settings.GetProperty("undesirable_weight").GetDouble(),
        };

        new KtoTrainer(policy, ReferencePolicy.Frozen(reference), new KtoOptions { Loss = loss, Run = run.Run(), Optimizer = run.Optimizer() })
            .Train(await run.ResponsesAsync(), null, recorder);

        run.RequireSteps(recorder.Steps);
        run.RequireWeights(policy);
        run.RequireFinal(policy);
    }

    [Theory, InlineData("sft"), InlineData("sft_messages")]
    public async Task Text(string name)
    {
        var run = new RecordedRun(name);
        using var model = PretrainedModel.Load(Golden.Path("models", "llama"));
        var recorder = new Recorder<SftStep>();

        new SftTrainer(model, new SftOptions { Run = run.Run(), Optimizer = run.Optimizer() }).Train(await run.ExamplesAsync(), null, recorder);

        run.RequireSteps(recorder.Steps);
        Assert.Equal(run.Log[^1].GetProperty("num_tokens").GetDouble(), recorder.Steps.Sum(step => step.Tokens));
        run.RequireWeights(model);
        run.RequireFinal(model);
    }

    // While policy and reference are equal, the sign of a margin is that of a rounding error: kernels round by the shape of a batch.
    private static bool IsUndecided(string metric, DpoStep step) => metric == "rewards/accuracies" && Math.Abs(step.ChosenReward) < 1e-6;

    private static PairLoss LossOf(string name) => name switch
    {
        "dpo_ipo" => new IpoLoss { Beta = 0.1 },
        "dpo_conversational" => new WeightedSumLoss((0.8, new DpoLoss { Beta = 0.2 }), (0.2, new BcoLoss { Beta = 0.2 }), (1.0, new ChosenNllLoss { Normalization = NllNormalization.PerToken })),
        _ => new DpoLoss { Beta = 0.1 },
    };
}
