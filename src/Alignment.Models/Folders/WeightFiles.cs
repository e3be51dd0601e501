namespace Alignment.Models;

/// <summary>The weights of a model folder, in one file or in several, open for reading.</summary>
internal sealed class WeightFiles : IDisposable
{
    private readonly Dictionary<string, SafetensorsFile> files = [];      // by file name
    private readonly Dictionary<string, SafetensorsFile> holders = [];    // by tensor name

    private WeightFiles() { }

    /// <summary>Names of all tensors.</summary>
    public IReadOnlyCollection<string> Names => holders.Keys;

    /// <summary>Opens model.safetensors or, where there is none, the shards that model.safetensors.index.json names.</summary>
    /// <exception cref="SafetensorsException">A file is malformed, missing or elsewhere, or only of another format.</exception>
    public static WeightFiles Open(string folder)
    {
        var weights = new WeightFiles();
        try
        {
            weights.OpenAll(folder);
            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>The file that holds a tensor, if any does.</summary>
    public SafetensorsFile? Holder(string name) => holders.GetValueOrDefault(name);

    public void Dispose()
    {
        foreach (var file in files.Values) file.Dispose();
    }

    private void OpenAll(string folder)
    {
        if (File.Exists(Path.Combine(folder, ModelFileNames.Weights)))
        {
            var file = OpenFile(folder, ModelFileNames.Weights, folder);
            foreach (var name in file.Names) holders.Add(name, file);
            return;
        }
        var index = Path.Combine(folder, ModelFileNames.Index);
        if (!File.Exists(index)) throw NoWeights(folder);
        foreach (var (name, shard) in WeightIndex.Read(index))
        {
            var file = OpenFile(folder, shard, index);
            if (!file.Contains(name))
                throw SafetensorsException.Of(index, name, $"must be in {SafetensorsException.Quoted(shard)}; is not.");
            holders.Add(name, file);
        }
        foreach (var file in files.Values)
            foreach (var name in file.Names)
                if (holders.GetValueOrDefault(name) != file)
                    throw SafetensorsException.Of(file.Path, name, $"must stand in the index {ModelFileNames.Index} under this file; does not.");
    }

    private SafetensorsFile OpenFile(string folder, string name, string namedBy)
    {
        if (files.TryGetValue(name, out var open)) return open;
        var file = SafetensorsFile.Open(InsideFolder.Resolve(folder, name, namedBy));
        files.Add(name, file);
        return file;
    }

    private static SafetensorsException NoWeights(string folder)
    {
        var pickle = Directory.EnumerateFiles(folder).Select(Path.GetFileName).FirstOrDefault(name => ModelFileNames.IsPickle(name!));
        return new SafetensorsException(pickle is null
            ? $"{folder}: must hold {ModelFileNames.Weights} or {ModelFileNames.Index}; holds neither."
            : $"{folder}: weights must be safetensors; found '{pickle}', a format that can run code when it is opened. "
                + "Convert it with a Python that has transformers: AutoModelForCausalLM.from_pretrained(folder).save_pretrained(new_folder).");
    }
}
