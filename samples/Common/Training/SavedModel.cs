using Alignment.Training;

namespace Alignment.Samples;

/// <summary>What is written beside the weights of a saved model.</summary>
internal static class SavedModel
{
    /// <summary>Writes the model's card and its provenance: how it was trained, from what, on which rows, and what was measured.</summary>
    /// <param name="folder">The folder that <c>SavePretrained</c> wrote, below that of the run.</param>
    /// <param name="run">What was heard of the run.</param>
    /// <param name="settings">The command line.</param>
    /// <param name="origin">Where training started.</param>
    /// <param name="training">The rows that were learnt.</param>
    /// <param name="heldOut">The rows that were measured with.</param>
    public static void Describe(string folder, Provenance run, TrainingSettings settings, Origin origin, DataFingerprint training, DataFingerprint heldOut)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(settings.Model ?? "small-llama"));
        new ModelCard { Title = $"{name}-{run.Method.ToLowerInvariant()}" }.Write(folder, run with
        {
            BaseModel = settings.Model,
            BaseFiles = HashedFile.OfModel(origin.Folder),
            TokenizerFiles = HashedFile.OfTokenizer(origin.Folder),
            Data =
            [
                new DataProvenance("training") { Source = Dataset.TrainingPath(settings), Rows = training },
                new DataProvenance("evaluation") { Source = Dataset.HeldOutPath(settings) ?? Dataset.TrainingPath(settings), Rows = heldOut },
            ],
        });
        Screen.Line($"The model is in {folder}; report.html and metrics.jsonl are beside it.");
    }
}
