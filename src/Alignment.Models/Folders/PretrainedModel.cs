using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Loads models from folders as Hugging Face lays them out: config.json beside safetensors weights.</summary>
public static class PretrainedModel
{
    /// <summary>Loads a model. Each weight is read once, into the memory where it stays.</summary>
    /// <param name="folder">Holds config.json and model.safetensors, or shards with their index.</param>
    /// <param name="dataType">Type of the weights in memory; by default that of config.json, or float32 where it names none.</param>
    /// <param name="device">Where the weights go; the CPU by default.</param>
    /// <returns>The model, to be disposed.</returns>
    /// <exception cref="ModelFormatException">config.json is malformed or out of range.</exception>
    /// <exception cref="UnsupportedModelException">The architecture or a setting isn't supported.</exception>
    /// <exception cref="SafetensorsException">A weight file is malformed, missing or unsafe, or only of another format.</exception>
    /// <exception cref="WeightMismatchException">The weights are not those that config.json describes.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static DecoderModel Load(string folder, ScalarType? dataType = null, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var config = DecoderConfig.Load(Path.Combine(folder, ModelFileNames.Config));
        return Load(folder, dataType is { } type ? config with { DataType = type } : config, device ?? CPU);
    }

    internal static DecoderModel Load(string folder, DecoderConfig config, Device device)
    {
        if (config.HasScoreHead)
            throw new UnsupportedModelException(
                $"{folder}: architectures must be [\"{config.Family.Architecture}\"] for a language model; is [\"{config.Family.ScoreArchitecture}\"], which has no output projection.");
        using var files = WeightFiles.Open(folder);
        var parameters = new CheckpointParameters(files, config.Family, config.DataType, device);
        try
        {
            var model = new DecoderModel(config, parameters);
            parameters.RequireComplete(folder);
            return model;
        }
        catch
        {
            parameters.Release();
            throw;
        }
    }
}
