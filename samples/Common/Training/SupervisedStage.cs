using Alignment.Training;

namespace Alignment.Samples;

/// <summary>Teaches a new model to answer at all, before it learns which answers people prefer; samples/Sft shows this at length.</summary>
internal static class SupervisedStage
{
    public static void Run(
        CausalLanguageModel policy, IEnumerable<TokenizedExample> examples, TrainingSettings settings, Origin origin, CancellationToken stop)
    {
        if (!origin.IsNew || settings.DryRun) return;
        var options = new SftOptions
        {
            Run = settings.Run("sft", origin.Tokenizer) with { Epochs = 5 },
            Optimizer = new OptimizerOptions { LearningRate = 2e-3, WarmupRatio = 0.05 },
        };
        new SftTrainer(policy, options).Train([.. examples], null, Observers.In(Path.Combine(settings.Output, "sft"), settings, []), stop);
    }
}
