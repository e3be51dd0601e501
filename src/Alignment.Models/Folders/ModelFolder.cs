using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Writes a model into a folder: in full beside it first, then in its place, so that a failure leaves it as it was.</summary>
internal static class ModelFolder
{
    /// <param name="config">The architecture.</param>
    /// <param name="model">Its parameters.</param>
    /// <param name="folder">Where they go.</param>
    /// <param name="maxShardBytes">Largest weight file.</param>
    /// <param name="source">The folder whose tokenizer and templates go along; the one that the configuration was read from by default.</param>
    public static void Save(DecoderConfig config, nn.Module model, string folder, long maxShardBytes, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxShardBytes, 1);
        var target = FolderSwap.Target(folder);
        Place(Stage(config, model, target, maxShardBytes, source ?? config.Source?.Folder), target);
    }

    /// <summary>Writes all files of the new model to a folder of their own.</summary>
    internal static string Stage(DecoderConfig config, nn.Module model, string target, long maxShardBytes, string? source)
    {
        var staged = FolderSwap.Stage(target);
        try
        {
            var tensors = Tensors(config, model);
            (config with { DataType = tensors[0].Tensor.dtype }).Save(Path.Combine(staged, ModelFileNames.Config));
            WriteWeights(tensors, staged, maxShardBytes);
            // What the target holds comes before what the model was loaded with: somebody may have put a changed tokenizer there.
            foreach (var from in (string?[])[target, source])
                if (from is not null) CompanionFiles.Copy(from, staged);
            return staged;
        }
        catch
        {
            Directory.Delete(staged, recursive: true);
            throw;
        }
    }

    internal static void Place(string staged, string target, bool mayExchange = true)
    {
        try
        {
            foreach (var _ in FolderSwap.Steps(staged, target, mayExchange)) { }
        }
        catch (Exception e) when ((e is IOException or UnauthorizedAccessException) && Directory.Exists(staged))
        {
            throw new IOException($"{target}: the new model is complete in '{staged}', but could not be put in its place. {e.Message}", e);
        }
    }

    /// <summary>What a load will ask for and nothing else; TorchSharp leaves a parameter that was disposed out of a module's list.</summary>
    private static List<(string Name, Tensor Tensor)> Tensors(DecoderConfig config, nn.Module model)
    {
        var there = model.named_parameters().ToDictionary(entry => entry.name, entry => (Tensor)entry.parameter);
        return [.. ParameterNames.Of(config).Select(name => there.TryGetValue(name, out var tensor)
            ? (name, tensor)
            : throw new ObjectDisposedException(name, "A model that is saved must have all its parameters; one was disposed."))];
    }

    private static void WriteWeights(List<(string Name, Tensor Tensor)> tensors, string folder, long maxShardBytes)
    {
        var shards = Shards(tensors, maxShardBytes);
        if (shards.Count == 1)
        {
            SafetensorsWriter.Write(Path.Combine(folder, ModelFileNames.Weights), tensors);
            return;
        }
        var names = new Dictionary<string, string>();
        for (var i = 0; i < shards.Count; i++)
        {
            var file = ModelFileNames.Shard(i + 1, shards.Count);
            SafetensorsWriter.Write(Path.Combine(folder, file), shards[i]);
            foreach (var (name, _) in shards[i]) names.Add(name, file);
        }
        WeightIndex.Write(Path.Combine(folder, ModelFileNames.Index), names, tensors.Sum(entry => Bytes(entry.Tensor)));
    }

    /// <summary>Fills one shard after the other in the order of the parameters.</summary>
    private static List<List<(string Name, Tensor Tensor)>> Shards(List<(string Name, Tensor Tensor)> tensors, long most)
    {
        var shards = new List<List<(string Name, Tensor Tensor)>>();
        var size = 0L;
        foreach (var entry in tensors)
        {
            var bytes = Bytes(entry.Tensor);
            if (shards.Count == 0 || size + bytes > most)
            {
                shards.Add([]);
                size = 0;
            }
            shards[^1].Add(entry);
            size += bytes;
        }
        return shards;
    }

    private static long Bytes(Tensor tensor) => tensor.NumberOfElements * SafetensorsTypes.Size(tensor.dtype);
}
