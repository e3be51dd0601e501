using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Writes a model into a folder: in full beside it first, then by renaming, so that a failure leaves it as it was.</summary>
internal static class ModelFolder
{
    public static void Save(DecoderConfig config, nn.Module model, string folder, long maxShardBytes)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxShardBytes, 1);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var temporary = $"{target}.{Path.GetRandomFileName()}.tmp";
        Directory.CreateDirectory(temporary);
        try
        {
            List<(string Name, Tensor Tensor)> tensors = [.. model.named_parameters().Select(entry => (entry.name, (Tensor)entry.parameter))];
            (config with { DataType = tensors[0].Tensor.dtype }).Save(Path.Combine(temporary, ModelFileNames.Config));
            WriteWeights(tensors, temporary, maxShardBytes);
            if (Directory.Exists(target)) Replace(temporary, target);
            else Directory.Move(temporary, target);
        }
        finally
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
        }
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

    // Weights come before what names them, and the old go last: a loader prefers model.safetensors to an index.
    private static void Replace(string temporary, string target)
    {
        var written = Directory.GetFiles(temporary).Select(path => Path.GetFileName(path)!).ToHashSet();
        var inOrder = written.OrderBy(name => name is ModelFileNames.Index or ModelFileNames.Config).ThenBy(name => name, StringComparer.Ordinal);
        foreach (var name in inOrder)
            File.Move(Path.Combine(temporary, name), Path.Combine(target, name), overwrite: true);
        foreach (var name in Directory.GetFiles(target).Select(path => Path.GetFileName(path)!))
            if (ModelFileNames.IsWeights(name) && !written.Contains(name)) File.Delete(Path.Combine(target, name));
    }

    private static long Bytes(Tensor tensor) => tensor.NumberOfElements * SafetensorsTypes.Size(tensor.dtype);
}
