using Alignment.Data;
using Alignment.Models;
using Alignment.Training;
using TorchSharp;

namespace Alignment.Tests.Runs;

/// <summary>Ten steps of supervised fine-tuning on the recorded model and Parquet file, step by step as TRL's trainer took them.</summary>
public sealed class SftRunTests
{
    private static readonly RecordedRun Answers = new("sft");
    private static readonly RecordedRun Messages = new("sft_messages");

    [Fact]
    public async Task Rows_from_Parquet_become_the_recorded_tokens()
    {
        var (examples, encoder) = await CutAnswers();
        for (var i = 0; i < Answers.FirstRows.Count; i++)
        {
            var ids = RecordedRun.Ids(Answers.FirstRows[i], "input_ids");
            Assert.Equal(ids, examples[i].Prompt.Concat(examples[i].Response));
            Assert.Equal(RecordedRun.Ids(Answers.FirstRows[i], "labels").Count(label => label >= 0), examples[i].Response.Count);
        }
        Assert.True(encoder.Counts.CutResponses > 0, "The recorded run cuts responses at 48 tokens.");
    }

    [Fact]
    public async Task Ten_steps_on_answers_match() => Match(Answers, (await CutAnswers()).Examples);

    [Fact]
    public async Task Ten_steps_on_whole_conversations_match()
    {
        await using var file = await RecordedFile.OpenAsync("messages.parquet");
        var conversations = await file.TranscriptsAsync("messages");
        var options = new EncodingOptions { Template = ChatTemplate.FromPretrained(Golden.Path("models", "llama")), TrainOn = TrainOn.Everything };
        Match(Messages, new RecordEncoder(Tokenizer(), options).EncodeAll(
            [.. conversations.Select(chat => new Demonstration(new Transcript([.. chat.Messages!.SkipLast(1)]), new Transcript([chat.Messages![^1]])))]));
    }

    private static void Match(RecordedRun recorded, IReadOnlyList<TokenizedExample> examples)
    {
        using var model = PretrainedModel.Load(Golden.Path("models", "llama"));
        var recorder = new Recorder<SftStep>();

        new SftTrainer(model, new SftOptions { Run = recorded.Run(), Optimizer = recorded.Optimizer() }).Train(examples, recorder);

        Assert.Equal(recorded.Log.Count, recorder.Steps.Count);
        foreach (var (logged, step) in recorded.Log.Zip(recorder.Steps))
        {
            Near.Equal(logged.GetProperty("loss").GetDouble(), step.Loss, 1e-4);
            Near.Equal(logged.GetProperty("grad_norm").GetDouble(), step.GradientNorm, 1e-4);
            Near.Equal(logged.GetProperty("learning_rate").GetDouble(), step.LearningRate, 1e-12);
        }
        Assert.Equal(recorded.Log[^1].GetProperty("num_tokens").GetDouble(), recorder.Steps.Sum(step => step.Tokens));
        foreach (var (name, parameter) in model.named_parameters())
        {
            using var norm = parameter.norm();
            Near.Equal(recorded.FinalNorms[name], norm.ToDouble(), 1e-4);
        }
    }

    private static async Task<(IReadOnlyList<TokenizedExample> Examples, RecordEncoder Encoder)> CutAnswers()
    {
        var options = new EncodingOptions { MaxLength = Answers.Settings.GetProperty("max_length").GetInt32(), OverLength = OverLength.CutResponseEnd };
        var encoder = new RecordEncoder(Tokenizer(), options);
        var examples = new List<TokenizedExample>();
        var rows = DemonstrationReader.ReadAsync(Golden.Path("runs", "prompt_completion.parquet"));
        await foreach (var example in encoder.EncodeAllAsync(rows)) examples.Add(example);
        return (examples, encoder);
    }

    private static HuggingFaceTokenizer Tokenizer() => HuggingFaceTokenizer.FromPretrained(Golden.Path("models", "llama"));
}
