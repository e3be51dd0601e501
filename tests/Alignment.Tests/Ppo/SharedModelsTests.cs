using Alignment.Models;
using Alignment.Tests.RunLoop;
using Alignment.Tests.Runs;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Tests.Ppo;

/// <summary>Three adapters and two heads on one base against four models apart: one interface, one result, a quarter of the memory.</summary>
public sealed class SharedModelsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static readonly LoraOptions Lora = new() { Rank = 2 };
    private static readonly LoraOptions WithHead = Lora with { ModulesToSave = ["score"] };

    [Fact]
    public void Three_adapters_on_one_base_learn_what_four_models_learn()
    {
        using var scope = NewDisposeScope();
        using var shared = SmallPolicy.New();
        var one = Shared(shared);
        var sharedSteps = Train(one);

        // The same numbers, each part in a model of its own.
        using var policy = SmallPolicy.New();
        policy.Adapters.Add("policy", Lora, seed: 3);
        using var start = SmallPolicy.New();
        using var rewarded = SmallPolicy.New();
        var reward = DecoderRewardModel.FromLanguageModel(rewarded, seed: 10);
        rewarded.Adapters.Add("reward", WithHead, seed: 1);
        Shake(rewarded, "reward");
        using var valued = SmallPolicy.New();
        var value = DecoderValueModel.FromLanguageModel(valued, seed: 11);
        valued.Adapters.Add("value", WithHead, seed: 2);
        var apart = OnPolicyModels.Apart(policy, ReferencePolicy.Frozen(start), RewardSource.Of(reward), value);
        var apartSteps = Train(apart);

        foreach (var (a, b) in sharedSteps.Zip(apartSteps))
            foreach (var (x, y) in a.Metrics.Zip(b.Metrics).Where(pair => !pair.First.Name.EndsWith("_per_second", StringComparison.Ordinal))) Near.Equal(x.Value, y.Value, 1e-10);
        Compare("policy", policy);
        Compare("value", valued);

        void Compare(string adapter, DecoderModel own)
        {
            Assert.Equal(shared.Adapters.Parameters(adapter).Count, own.Adapters.Parameters(adapter).Count);
            foreach (var (x, y) in shared.Adapters.Parameters(adapter).Zip(own.Adapters.Parameters(adapter))) TensorAssert.Near(x, y, 1e-10);
        }
    }

    [Fact]
    public void Policy_and_value_adapters_move_and_nothing_else_does()
    {
        using var scope = NewDisposeScope();
        using var model = SmallPolicy.New();
        var models = Shared(model);
        var before = Bits();
        Train(models);
        var after = Bits();
        var moved = before.Keys.Where(name => before[name] != after[name]).ToList();
        Assert.NotEmpty(moved);
        Assert.All(moved, name => Assert.Matches(@"\.(policy|value)\b", name));
        Assert.Contains(moved, name => name.Contains(".policy", StringComparison.Ordinal));
        Assert.Contains(moved, name => name.StartsWith("value", StringComparison.Ordinal) && name.Contains("score", StringComparison.Ordinal));   // the head too
        Assert.Equal("policy", model.ActiveAdapter);

        Dictionary<string, string> Bits() => model.named_parameters().Select(entry => (entry.name, entry.parameter))
            .Concat(models.Value!.named_parameters().Select(entry => ("value." + entry.name, entry.parameter)))
            .Concat(models.Reward.Models.Single().named_parameters().Select(entry => ("reward." + entry.name, entry.parameter)))
            .GroupBy(entry => entry.parameter.Handle).Select(group => group.First())
            .ToDictionary(entry => entry.Item1, entry => Convert.ToHexString(entry.parameter.detach().contiguous().bytes));
    }

    [Fact]
    public void A_run_that_was_asked_to_stop_goes_on_with_the_models_as_they_stand_and_ends_with_the_same_bits()
    {
        using var scope = NewDisposeScope();
        using var whole = SmallPolicy.New();
        Train(Shared(whole));

        using var model = SmallPolicy.New();
        var models = Shared(model);
        using var stop = new CancellationTokenSource();
        var options = Options with { Run = Options.Run with { Checkpoints = new CheckpointOptions { Folder = folder.File("run") } } };
        var rest = new Recorder<PpoStep>();
        Assert.Throws<OperationCanceledException>(() => new PpoTrainer(models, options).Train(TinyRun.Prompts, null, new Stopping(stop), stop.Token));
        new PpoTrainer(models, options).Train(TinyRun.Prompts, null, rest);
        Assert.Equal([2, 3], rest.Steps.Select(step => step.Step));
        Assert.Equal(SmallPolicy.Bits(whole), SmallPolicy.Bits(model));
    }

    [Fact]
    public void The_table_of_parts_counts_every_number_once()
    {
        using var scope = NewDisposeScope();
        using var model = SmallPolicy.New(ScalarType.Float32);
        var numbers = model.parameters().Sum(parameter => parameter.numel());
        var models = Shared(model);
        var recorder = new Recorder<PpoStep>();
        Train(models, recorder);
        var parts = Assert.Single(recorder.Events.OfType<ModelPartsTold>()).Parts;
        Assert.Equal(["base and reference", "policy (adapter 'policy')", "reward (adapter 'reward')", "value (adapter 'value')"], parts.Select(part => part.Name));
        Assert.Equal((numbers + 2 * 16, 0), (parts[0].Parameters, parts[0].TrainedParameters));   // with the two heads that adapters copy
        foreach (var (part, name) in parts.Skip(1).Zip((string[])["policy", "reward", "value"])) Assert.Equal(model.Adapters.Parameters(name).Sum(parameter => parameter.numel()), part.Parameters);
        Assert.Equal(parts.Select(part => part.Parameters * 4), parts.Select(part => part.Bytes));
        Assert.Equal([parts[1].Parameters, 0, parts[3].Parameters], parts.Skip(1).Select(part => part.TrainedParameters));
        Assert.Equal(recorder.Events.OfType<RunStarted>().Single().TrainedParameters, parts.Sum(part => part.TrainedParameters));

        using var apart = TinyRun.Models();
        var four = apart.All.Parts;
        Assert.Equal(["policy", "reference", "value"], four.Select(part => part.Name));   // the reward is a function
        Assert.Equal([numbers, numbers, numbers - 20 * 16 + 16], four.Select(part => part.Parameters));   // a head of 16 for an output of 20 x 16
        Assert.Equal([true, false, true], four.Select(part => part.TrainedParameters == part.Parameters));
        Assert.True(parts.Sum(part => part.Bytes) < 0.6 * (four.Sum(part => part.Bytes) + 4 * numbers));
    }

    [Fact]
    public void Parts_must_have_adapters_of_their_own()
    {
        using var scope = NewDisposeScope();
        using var model = SmallPolicy.New();
        var reward = DecoderRewardModel.FromLanguageModel(model, seed: 10);
        Assert.StartsWith("The policy must have an active adapter", Assert.Throws<ArgumentException>(() => OnPolicyModels.Shared(model, reward, "reward")).Message, StringComparison.Ordinal);
        model.Adapters.Add("policy", Lora, seed: 3);
        Assert.Equal("Each part must have an adapter of its own; got policy 'policy', reward 'policy'. (Parameter 'rewardAdapter')",
            Assert.Throws<ArgumentException>(() => OnPolicyModels.Shared(model, reward, "policy")).Message);
        Assert.StartsWith("The name must be that of an adapter: policy; was 'reward'.", Assert.Throws<ArgumentException>(() => OnPolicyModels.Shared(model, reward, "reward")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static OnPolicyModels Shared(DecoderModel model)
    {
        var reward = DecoderRewardModel.FromLanguageModel(model, seed: 10);
        model.Adapters.Add("reward", WithHead, seed: 1);
        Shake(model, "reward");
        var value = DecoderValueModel.FromLanguageModel(model, seed: 11);
        model.Adapters.Add("value", WithHead, seed: 2);
        model.Adapters.Add("policy", Lora, seed: 3);
        model.Adapters.Activate("policy");
        return OnPolicyModels.Shared(model, reward, "reward", value, "value");
    }

    // A new adapter changes nothing yet; one that reward modelling has trained does.
    private static void Shake(DecoderModel model, string adapter)
    {
        using var noGrad = no_grad();
        using var generator = new Generator(7);
        foreach (var parameter in model.Adapters.Parameters(adapter)) parameter.add_(0.3 * randn(parameter.shape, dtype: parameter.dtype, generator: generator));
    }

    private static List<PpoStep> Train(OnPolicyModels models, Recorder<PpoStep>? recorder = null)
    {
        recorder ??= new Recorder<PpoStep>();
        new PpoTrainer(models, Options).Train(TinyRun.Prompts, null, recorder);
        return recorder.Steps;
    }

    private static PpoOptions Options => new()
    {
        Rollout = TinyRun.Rollout(samples: 2),
        Update = new UpdateOptions { Epochs = 2, MiniBatches = 2, RowsAtOnce = 5 },
        Run = new RunOptions { MaxSteps = 3, BatchSize = 12, GradientCheckpointing = true },
        Optimizer = new OptimizerOptions { LearningRate = 1e-2, Epsilon = 1e-5 },
    };

    private sealed class Stopping(CancellationTokenSource stop) : IObserver<RunEvent>
    {
        public void OnNext(RunEvent value)
        {
            if (value is TrainingStep) stop.Cancel();
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
