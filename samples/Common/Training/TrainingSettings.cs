using System.ComponentModel;
using Alignment.Training;

namespace Alignment.Samples;

/// <summary>What every training sample can be told on its command line.</summary>
/// <param name="name">Names the folder that results go to where none is given.</param>
/// <param name="sample">What is learnt where no data is given; null for the emergency advice.</param>
internal abstract class TrainingSettings(string name, SampleData? sample = null)
{
    internal SampleData DefaultData { get; } = sample ?? SampleData.EmergencyAdvice;

    [Description("Where to start: a model's folder, or its name on the Hub such as Qwen/Qwen3-0.6B; without it a small Llama is trained from scratch")]
    public string? Model { get; init; }

    [Description("Rows to learn from: Parquet or JSON lines, as a file, a glob or a folder; without it those of samples/data")]
    public string? Data { get; init; }

    [Description("Rows to measure with; without it a tenth of the prompts of --data")]
    public string? HeldOut { get; init; }

    [Description("Folder for the model with its card, report.html, metrics.jsonl and TensorBoard's events")]
    public string Output { get; init; } = Path.Combine(Path.GetTempPath(), $"alignment-{name}");

    [Description("Folder for checkpoints, from which the same command goes on after Ctrl-C or a crash")]
    public string? Checkpoints { get; init; }

    [Description("Counts the memory, tries the longest batch, tells what it took, and ends; nothing is learnt or written")]
    public bool DryRun { get; init; }

    [Description("Computes in bfloat16, with float32 masters of what is trained")]
    public bool Bf16 { get; init; }

    [Description("Passes over the rows; by default 1, and 5 where a new model learns to answer")]
    public int? Epochs { get; init; }

    [Description("Highest learning rate; by default one for models of that size")]
    public double? LearningRate { get; init; }

    [Description("Rows of a step")]
    public int BatchSize { get; init; } = 8;

    [Description("Longest row in tokens, of those that the model can read; longer ones are left out")]
    public int? MaxLength { get; init; }

    [Description("Longest answer in tokens")]
    public int MaxNewTokens { get; init; } = 72;

    [Description("What the order of rows and new weights are drawn from")]
    public int Seed { get; init; } = 7;

    /// <summary>What all runs of the samples have in common.</summary>
    /// <param name="part">Tells the runs of one sample apart.</param>
    /// <param name="tokenizer">Writes the answers that the report shows.</param>
    public RunOptions Run(string part, ITokenizer tokenizer) => new()
    {
        BatchSize = BatchSize,
        Seed = Seed,
        Bf16 = Bf16,
        DryRun = DryRun,
        Tokenizer = tokenizer,
        Checkpoints = new CheckpointOptions { Folder = Checkpoints is null ? null : Path.Combine(Checkpoints, part), SaveSteps = 100 },
        Evaluation = new EvaluationOptions { EvalOnStart = true, Answers = new AnswerOptions { Count = 4, MaxNewTokens = MaxNewTokens } },
    };
}
