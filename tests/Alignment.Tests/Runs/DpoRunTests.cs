using Alignment.Data;
using Alignment.Losses;
using Alignment.Models;
using Alignment.Training;
using TorchSharp;

namespace Alignment.Tests.Runs;

/// <summary>Ten steps of DPO on the recorded model and Parquet file, step by step as TRL's trainer took them.</summary>
public sealed class DpoRunTests
{
    private static readonly RecordedRun Recorded = new("dpo");

    [Fact]
    public async Task Rows_from_Parquet_become_the_recorded_tokens()
    {
        var pairs = await Pairs();
        Assert.Equal(40, pairs.Count);
        for (var i = 0; i < Recorded.FirstRows.Count; i++)
        {
            Assert.Equal(RecordedRun.Ids(Recorded.FirstRows[i], "prompt_ids"), pairs[i].Prompt);
            Assert.Equal(RecordedRun.Ids(Recorded.FirstRows[i], "chosen_ids"), pairs[i].Chosen);
            Assert.Equal(RecordedRun.Ids(Recorded.FirstRows[i], "rejected_ids"), pairs[i].Rejected);
        }
    }

    [Fact]
    public async Task Ten_steps_match()
    {
        using var policy = PretrainedModel.Load(Golden.Path("models", "llama"));
        using var reference = PretrainedModel.Load(Golden.Path("models", "llama"));
        var options = new DpoOptions { Loss = new DpoLoss { Beta = 0.1 }, Run = Recorded.Run(), Optimizer = Recorded.Optimizer() };
        var recorder = new Recorder<DpoStep>();

        new DpoTrainer(policy, ReferencePolicy.Frozen(reference), options).Train(await Pairs(), null, recorder);

        Assert.True(recorder.Completed);
        Assert.Equal(Recorded.Log.Count, recorder.Steps.Count);
        foreach (var (recorded, step) in Recorded.Log.Zip(recorder.Steps))
        {
            double Value(string name) => recorded.GetProperty(name).GetDouble();
            // Two implementations of the same run differ by up to 1e-6 in the loss and 6e-5 in the gradient norm.
            Near.Equal(Value("loss"), step.Loss, 1e-4);
            Near.Equal(Value("grad_norm"), step.GradientNorm, 1e-4);
            Near.Equal(Value("learning_rate"), step.LearningRate, 1e-12);
            Near.Equal(Value("rewards/chosen"), step.ChosenReward, 1e-4);
            Near.Equal(Value("rewards/rejected"), step.RejectedReward, 1e-4);
            Near.Equal(Value("rewards/margins"), step.Margin, 1e-4);
            Near.Equal(Value("rewards/accuracies"), step.Accuracy, 1e-12);
            Near.Equal(Value("logps/chosen"), step.ChosenLogProb, 1e-4);
            Near.Equal(Value("logps/rejected"), step.RejectedLogProb, 1e-4);
            Near.Equal(Value("epoch"), step.Epoch, 1e-12);
        }
        foreach (var (name, parameter) in policy.named_parameters())
        {
            using var norm = parameter.norm();
            Near.Equal(Recorded.FinalNorms[name], norm.ToDouble(), 1e-4);
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
