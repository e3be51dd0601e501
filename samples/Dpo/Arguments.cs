using System.Globalization;

namespace Alignment.Samples.Dpo;

/// <summary>What the command line asked for.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        Dpo [--model <folder>] [--data <file.parquet>] [--held-out <file.parquet>] [--output <folder>]
            [--sft-epochs <n>] [--dpo-epochs 1] [--sft-lr <rate>] [--dpo-lr <rate>] [--beta 0.1] [--batch-size 8]
            [--max-new-tokens 72] [--before-prompt <text>] [--after-prompt <text>] [--min-accuracy 0.9] [--seed 7]

        Without --model a small Llama is trained from scratch; without --data on the emergency advice of samples/data.
        With --data alone, every tenth row is held out.
        """;

    public string? Model { get; init; }

    public string? Data { get; init; }

    public string? HeldOut { get; init; }

    public string Output { get; init; } = Path.Combine(Path.GetTempPath(), "alignment-dpo");

    public int? SftEpochs { get; init; }

    public int DpoEpochs { get; init; } = 1;

    public double? SftLearningRate { get; init; }

    public double? DpoLearningRate { get; init; }

    public double Beta { get; init; } = 0.1;

    public int BatchSize { get; init; } = 8;

    public int MaxNewTokens { get; init; } = 72;

    public string BeforePrompt { get; init; } = "<|user|>";

    public string AfterPrompt { get; init; } = "<|assistant|>";

    public double MinAccuracy { get; init; } = 0.9;

    public int Seed { get; init; } = 7;

    public static Arguments Parse(string[] args)
    {
        var result = new Arguments();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) throw new ArgumentException($"'{args[i]}' needs a value.");
            result = result.With(args[i], args[i + 1]);
        }
        return result;
    }

    private Arguments With(string name, string value) => name switch
    {
        "--model" => this with { Model = value },
        "--data" => this with { Data = value },
        "--held-out" => this with { HeldOut = value },
        "--output" => this with { Output = value },
        "--sft-epochs" => this with { SftEpochs = Whole(name, value) },
        "--dpo-epochs" => this with { DpoEpochs = Whole(name, value) },
        "--sft-lr" => this with { SftLearningRate = Number(name, value) },
        "--dpo-lr" => this with { DpoLearningRate = Number(name, value) },
        "--beta" => this with { Beta = Number(name, value) },
        "--batch-size" => this with { BatchSize = Whole(name, value) },
        "--max-new-tokens" => this with { MaxNewTokens = Whole(name, value) },
        "--before-prompt" => this with { BeforePrompt = value },
        "--after-prompt" => this with { AfterPrompt = value },
        "--min-accuracy" => this with { MinAccuracy = Number(name, value) },
        "--seed" => this with { Seed = Whole(name, value) },
        _ => throw new ArgumentException($"There is no option '{name}'."),
    };

    private static int Whole(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new ArgumentException($"{name} must be a whole number; it was '{value}'.");

    private static double Number(string name, string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw new ArgumentException($"{name} must be a number; it was '{value}'.");
}
