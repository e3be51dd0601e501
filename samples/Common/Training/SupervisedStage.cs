using Alignment.Training;

namespace Alignment.Samples;

/// <summary>Teaches a new model to answer at all, before it learns which answers people prefer; samples/Sft shows this at length.</summary>
internal static class SupervisedStage
{
    /// <param name="policy">The model.</param>
    /// <param name="examples">What it is to answer.</param>
    /// <param name="settings">The command line.</param>
    /// <param name="origin">Where the model comes from.</param>
    /// <param name="stop">Ends the run.</param>
    /// <param name="epochs">Passes over the examples.</param>
    /// <param name="always">Whether a model that is not new learns too, in the library's usual steps.</param>
    public static void Run(
        CausalLanguageModel policy, IEnumerable<TokenizedExample> examples, TrainingSettings settings, Origin origin, CancellationToken stop, int epochs = 5, bool always = false)
    {
        if (!(origin.IsNew || always) || settings.DryRun) return;
        var options = new SftOptions
        {
            Run = settings.Run("sft", origin.Tokenizer) with { Epochs = epochs },
            Optimizer = new OptimizerOptions { LearningRate = origin.IsNew ? 2e-3 : null, WarmupRatio = 0.05 },
        };
        new SftTrainer(policy, options).Train([.. examples], null, Observers.In(Path.Combine(settings.Output, "sft"), settings, []), stop);
    }
}
