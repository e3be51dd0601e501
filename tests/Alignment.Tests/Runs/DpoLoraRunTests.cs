using Alignment.Data;
using Alignment.Losses;
using Alignment.Models;
using Alignment.Training;
using TorchSharp;

namespace Alignment.Tests.Runs;

/// <summary>Ten steps of DPO on a LoRA adapter, whose base is the reference, step by step as TRL's trainer took them with PEFT.</summary>
public sealed class DpoLoraRunTests
{
    private static readonly RecordedRun Recorded = new("dpo_lora");

    [Theory, InlineData(false), InlineData(true)]
    public async Task Ten_steps_match(bool usesCheckpointing)
    {
        using var policy = PretrainedModel.Load(Golden.Path("models", "llama"));
        policy.Backbone.UsesActivationCheckpointing = usesCheckpointing;
        policy.Adapters.Load("default", Golden.Path("runs", "dpo_lora", "adapter_before"), isTrainable: true);
        var options = new DpoOptions { Loss = new DpoLoss { Beta = 0.1 }, Run = Recorded.Run(), Optimizer = Recorded.Optimizer() };
        var recorder = new Recorder<DpoStep>();

        new DpoTrainer(policy, ReferencePolicy.BaseOf(policy), options).Train(await Pairs(), null, recorder);

        Assert.True(recorder.Completed);
        Assert.Equal(Recorded.Log.Count, recorder.Steps.Count);
        foreach (var (recorded, step) in Recorded.Log.Zip(recorder.Steps))
        {
            double Value(string name) => recorded.GetProperty(name).GetDouble();
            // Two implementations of the same run differ by up to 2e-6 in the loss and in the gradient norm.
            Near.Equal(Value("loss"), step.Loss, 1e-4);
            Near.Equal(Value("grad_norm"), step.GradientNorm, 1e-4);
            Near.Equal(Value("learning_rate"), step.LearningRate, 1e-12);
            Near.Equal(Value("rewards/chosen"), step.ChosenReward, 1e-4);
            Near.Equal(Value("rewards/rejected"), step.RejectedReward, 1e-4);
            Near.Equal(Value("rewards/margins"), step.Margin, 1e-4);
            // While policy and reference are equal, the sign of a margin is that of a rounding error.
            if (Value("rewards/margins") != 0) Near.Equal(Value("rewards/accuracies"), step.Accuracy, 1e-12);
            Near.Equal(Value("logps/chosen"), step.ChosenLogProb, 1e-4);
            Near.Equal(Value("logps/rejected"), step.RejectedLogProb, 1e-4);
        }
        var names = policy.named_parameters().Where(entry => entry.parameter.requires_grad).ToDictionary(entry => "base_model.model." + entry.name, entry => entry.parameter);
        Assert.Equal(Recorded.FinalNorms.Keys.Order(StringComparer.Ordinal), names.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, parameter) in names)
        {
            using var norm = parameter.norm();
            Near.Equal(Recorded.FinalNorms[name], norm.ToDouble(), 1e-4);
        }
        using var after = SafetensorsFile.Open(Golden.Path("runs", "dpo_lora", "adapter_after", "adapter_model.safetensors"));
        foreach (var (name, parameter) in names)
        {
            using var scope = torch.NewDisposeScope();
            var expected = after.Read(name.Replace(".default.", ".", StringComparison.Ordinal));
            // Adam divides by the size of a gradient, so that rounding errors of small ones grow to a part of a step of 5e-3.
            Assert.InRange((expected - parameter.detach()).abs().max().item<float>(), 0, 5e-4);
        }
    }

    private static async Task<IReadOnlyList<TokenizedPair>> Pairs()
    {
        var encoder = new RecordEncoder(HuggingFaceTokenizer.FromPretrained(Golden.Path("models", "llama")));
        var pairs = new List<TokenizedPair>();
        await foreach (var pair in PreferenceReader.ReadAsync(Golden.Path("runs", "preference.parquet"))) pairs.Add(encoder.Encode(pair));
        return pairs;
    }
}
