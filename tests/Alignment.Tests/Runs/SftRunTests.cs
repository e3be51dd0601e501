using Alignment.Data;
using Alignment.Models;
using Alignment.Training;
using TorchSharp;

namespace Alignment.Tests.Runs;

/// <summary>Ten steps of supervised fine-tuning on the recorded model and Parquet file, step by step as TRL's trainer took them.</summary>
public sealed class SftRunTests
{
    private static readonly RecordedRun Recorded = new("sft");

    [Fact]
    public async Task Rows_from_Parquet_become_the_recorded_tokens()
    {
        var (examples, encoder) = await Examples();
        for (var i = 0; i < Recorded.FirstRows.Count; i++)
        {
            var ids = RecordedRun.Ids(Recorded.FirstRows[i], "input_ids");
            Assert.Equal(ids, examples[i].Prompt.Concat(examples[i].Response));
            Assert.Equal(RecordedRun.Ids(Recorded.FirstRows[i], "labels").Count(label => label >= 0), examples[i].Response.Count);
        }
        Assert.True(encoder.Counts.CutResponses > 0, "The recorded run cuts responses at 48 tokens.");
    }

    [Fact]
    public async Task Ten_steps_match()
    {
        using var model = PretrainedModel.Load(Golden.Path("models", "llama"));
        var recorder = new Recorder<SftStep>();
        var (examples, _) = await Examples();

        new SftTrainer(model, new SftOptions { Run = Recorded.Run(), Optimizer = Recorded.Optimizer() }).Train(examples, recorder);

        Assert.Equal(Recorded.Log.Count, recorder.Steps.Count);
        foreach (var (recorded, step) in Recorded.Log.Zip(recorder.Steps))
        {
            Near.Equal(recorded.GetProperty("loss").GetDouble(), step.Loss, 1e-4);
            Near.Equal(recorded.GetProperty("grad_norm").GetDouble(), step.GradientNorm, 1e-4);
            Near.Equal(recorded.GetProperty("learning_rate").GetDouble(), step.LearningRate, 1e-12);
        }
        Assert.Equal(Recorded.Log[^1].GetProperty("num_tokens").GetDouble(), recorder.Steps.Sum(step => step.Tokens));
        foreach (var (name, parameter) in model.named_parameters())
        {
            using var norm = parameter.norm();
            Near.Equal(Recorded.FinalNorms[name], norm.ToDouble(), 1e-4);
        }
    }

    private static async Task<(IReadOnlyList<TokenizedExample> Examples, RecordEncoder Encoder)> Examples()
    {
        var options = new EncodingOptions { MaxLength = Recorded.Settings.GetProperty("max_length").GetInt32(), OverLength = OverLength.CutResponseEnd };
        var encoder = new RecordEncoder(HuggingFaceTokenizer.FromPretrained(Golden.Path("models", "llama")), options);
        var examples = new List<TokenizedExample>();
        await foreach (var row in DemonstrationReader.ReadAsync(Golden.Path("runs", "prompt_completion.parquet"))) examples.Add(encoder.Encode(row));
        return (examples, encoder);
    }
}
