// From a Parquet file of preferences to a model that answers differently: supervised fine-tuning on the preferred answers, then DPO.
using System.Globalization;
using Alignment;
using Alignment.Data;
using Alignment.Evaluation;
using Alignment.Generation;
using Alignment.Losses;
using Alignment.Samples.Dpo;
using Alignment.Training;
using Spectre.Console;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) => { e.Cancel = true; stop.Cancel(); };
try
{
    var arguments = Arguments.Parse(args);
    return await RunAsync(arguments, stop.Token);
}
catch (ArgumentException error)
{
    Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}
catch (Exception error) when (error is IOException or FormatException or TrainingException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}

static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
{
    // Settings first: a wrong one should not cost a training run.
    var fromScratch = arguments.Model is null; // a model that knows nothing learns for longer and in larger steps
    var sftEpochs = arguments.SftEpochs ?? (fromScratch ? 5 : 1);
    var sft = new SftOptions
    {
        Run = new RunOptions { Epochs = Math.Max(1, sftEpochs), BatchSize = arguments.BatchSize, Seed = arguments.Seed },
        Optimizer = new OptimizerOptions { LearningRate = arguments.SftLearningRate ?? (fromScratch ? 2e-3 : null), WarmupRatio = 0.05 },
    };
    var dpo = new DpoOptions
    {
        Loss = new DpoLoss { Beta = arguments.Beta },
        Run = new RunOptions { Epochs = Math.Max(1, arguments.DpoEpochs), BatchSize = arguments.BatchSize, Seed = arguments.Seed },
        Optimizer = new OptimizerOptions { LearningRate = arguments.DpoLearningRate ?? (fromScratch ? 1e-5 : null), WarmupRatio = 0.1 },
    };

    var dataset = await Dataset.LoadAsync(arguments, cancellationToken);
    var tokenizer = HuggingFaceTokenizer.FromPretrained(arguments.Model ?? Dataset.Folder);
    var encoder = new RecordEncoder(tokenizer, new EncodingOptions { Format = new PromptFormat(arguments.BeforePrompt, arguments.AfterPrompt) });
    var pairs = encoder.EncodeAll(dataset.Training, cancellationToken);
    var heldOut = encoder.EncodeAll(dataset.HeldOut, cancellationToken);
    AnsiConsole.MarkupLine($"[bold]{pairs.Count:N0}[/] pairs to train on, [bold]{heldOut.Count:N0}[/] held out, {tokenizer.VocabularySize:N0} tokens in the vocabulary");

    using var policy = SmallLlama.Or(arguments, tokenizer);
    AnsiConsole.MarkupLine($"[bold]{policy.parameters().Sum(p => p.numel()) / 1e6:N1} M[/] parameters");
    Directory.CreateDirectory(arguments.Output);
    using var metrics = new StreamWriter(Path.Combine(arguments.Output, "metrics.jsonl"));

    // Stage 1: imitate the preferred answers.
    var examples = pairs.Select(pair => new TokenizedExample(pair.Prompt, pair.Chosen)).ToList();
    if (sftEpochs > 0)
        Show<SftStep>("SFT", metrics, s => $"SFT  loss {s.Loss:F3}  {s.TokensPerSecond,6:F0} tokens/s",
            display => new SftTrainer(policy, sft).Train(examples, null, display, cancellationToken));

    var before = Answers(policy, dataset, encoder, tokenizer, arguments, cancellationToken);

    // Stage 2: prefer them to the rejected ones, held back by the model of stage 1.
    using var start = policy.Copy();
    var reference = ReferencePolicy.Frozen(start);
    Show<DpoStep>("DPO", metrics, s => $"DPO  loss {s.Loss:F3}  margin {s.Margin:F2}  accuracy {s.Accuracy:P0}  {s.TokensPerSecond,6:F0} tokens/s",
        display => new DpoTrainer(policy, reference, dpo).Train(pairs, null, display, cancellationToken));

    var after = Answers(policy, dataset, encoder, tokenizer, arguments, cancellationToken);
    var evaluation = PreferenceEvaluation.Of(policy, reference, heldOut, cancellationToken: cancellationToken);
    Report.Answers(dataset, before, after);
    Report.Accuracy(evaluation, arguments);
    policy.SavePretrained(Path.Combine(arguments.Output, "model"));
    Report.CopyTokenizer(arguments.Model ?? Dataset.Folder, Path.Combine(arguments.Output, "model"));
    AnsiConsole.MarkupLineInterpolated($"Model and metrics are in [bold]{arguments.Output}[/].");
    return evaluation.Accuracy.Value >= arguments.MinAccuracy ? 0 : 1;
}

static void Show<TStep>(string name, StreamWriter metrics, Func<TStep, string> describe, Action<IObserver<RunEvent>> train) where TStep : TrainingStep =>
    AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(context => train(new StepDisplay<TStep>(context.AddTask(name), metrics, describe)));

static IReadOnlyList<string> Answers(CausalLanguageModel model, Dataset dataset, RecordEncoder encoder, ITokenizer tokenizer, Arguments arguments, CancellationToken cancellationToken)
{
    var prompts = Report.Shown(dataset).Select(pair => encoder.EncodePrompt(pair.Prompt)).ToList();
    var room = Math.Min(arguments.MaxNewTokens, model.MaxPositions - prompts.Max(prompt => prompt.Count));
    var options = new TextGenerationOptions { Tokens = new GenerationOptions { MaxNewTokens = room } };
    return [.. new TextGenerator(model, tokenizer).Generate(prompts, options, cancellationToken).Select(answer => answer.Text.Trim())];
}
