namespace Alignment.Models;

/// <summary>The two files of an adapter.</summary>
internal static class AdapterFolder
{
    public const string Config = "adapter_config.json";
    public const string Weights = "adapter_model.safetensors";

    /// <summary>Reads an adapter onto a model, which is as it was if that fails.</summary>
    public static Adapter Read(string name, string folder, bool isTrainable, IReadOnlyList<NamedPart> parts, string layersName)
    {
        var path = Path.Combine(folder, Config);
        var (options, text) = AdapterConfig.Read(path, layersName);
        using var file = Open(folder);
        var source = new StoredAdapter(file);
        var steps = Steps(options, parts, path);
        source.RequireComplete(folder, steps);
        return Adapter.Make(name, options, steps, source, isTrainable, text);
    }

    /// <summary>Writes both files beside the folder and flushes them to the disk before either gets its name. Other files of the folder stay.</summary>
    public static void Write(Adapter adapter, string folder, IReadOnlyList<NamedPart> parts)
    {
        var target = FolderSwap.Target(folder);
        var staged = FolderSwap.Stage(target);
        try
        {
            AdapterConfig.Write(Path.Combine(staged, Config), adapter, parts);
            SafetensorsWriter.Write(Path.Combine(staged, Weights), adapter.Tensors);
            Place(staged, target);
        }
        finally
        {
            if (Directory.Exists(staged)) Directory.Delete(staged, recursive: true);
        }
    }

    // Without its configuration nothing loads an adapter, so that files of two are never taken for one.
    private static void Place(string staged, string target)
    {
        Disk.FlushFolder(staged);
        if (!Directory.Exists(target)) Directory.Move(staged, target);
        else
        {
            File.Delete(Path.Combine(target, Config));
            Disk.FlushFolder(target);
            File.Move(Path.Combine(staged, Weights), Path.Combine(target, Weights), overwrite: true);
            Disk.FlushFolder(target);
            File.Move(Path.Combine(staged, Config), Path.Combine(target, Config));
        }
        Disk.FlushFolder(target);
        if (Path.GetDirectoryName(target) is { } parent) Disk.FlushFolder(parent);
    }

    private static SafetensorsFile Open(string folder)
    {
        if (File.Exists(Path.Combine(folder, Weights))) return SafetensorsFile.Open(InsideFolder.Resolve(folder, Weights, folder));
        var pickle = Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).FirstOrDefault(ModelFileNames.IsPickle);
        throw new SafetensorsException(pickle is null
            ? $"{folder}: must hold {Weights}; does not."
            : $"{folder}: weights must be safetensors; found '{pickle}', a format that can run code when it is opened. "
                + "Convert it with a Python that has PEFT: PeftModel.from_pretrained(model, folder).save_pretrained(new_folder).");
    }

    private static IReadOnlyList<AdapterStep> Steps(LoraOptions options, IReadOnlyList<NamedPart> parts, string path)
    {
        try
        {
            return AdapterPlan.Of(options, parts);
        }
        catch (ArgumentException e)
        {
            throw new ModelFormatException($"{path}: {e.Message}", e);
        }
        catch (UnsupportedModelException e)
        {
            throw new UnsupportedModelException($"{path}: {e.Message}", e);
        }
    }
}
