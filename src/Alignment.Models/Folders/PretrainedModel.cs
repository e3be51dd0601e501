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
    public static DecoderModel Load(string folder, ScalarType? dataType = null, Device? device = null) =>
        Load(folder, Config(folder, dataType), device ?? CPU);

    /// <summary>Loads a decoder with a score head, transformers' <c>*ForSequenceClassification</c> with one label.</summary>
    /// <param name="folder">As for <see cref="Load(string, ScalarType?, Device?)"/>.</param>
    /// <param name="dataType">Type of the weights in memory; by default that of config.json.</param>
    /// <param name="device">Where the weights go; the CPU by default.</param>
    /// <returns>The model, to be disposed.</returns>
    /// <exception cref="ModelFormatException">config.json is malformed or out of range.</exception>
    /// <exception cref="UnsupportedModelException">The folder holds a language model, or something else that isn't supported.</exception>
    /// <exception cref="SafetensorsException">A weight file is malformed, missing or unsafe, or only of another format.</exception>
    /// <exception cref="WeightMismatchException">The weights are not those that config.json describes; a head that is missing is such a case.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static DecoderRewardModel LoadRewardModel(string folder, ScalarType? dataType = null, Device? device = null) =>
        Load(folder, ScoredConfig(folder, dataType), device ?? CPU, (config, parameters) => new DecoderRewardModel(config, parameters));

    /// <summary>Loads a decoder with a value head from the files of a reward model or of a value model.</summary>
    /// <inheritdoc cref="LoadRewardModel"/>
    public static DecoderValueModel LoadValueModel(string folder, ScalarType? dataType = null, Device? device = null) =>
        Load(folder, ScoredConfig(folder, dataType), device ?? CPU, (config, parameters) => new DecoderValueModel(config, parameters));

    internal static DecoderModel Load(string folder, DecoderConfig config, Device device) => config.HasScoreHead
        ? throw new UnsupportedModelException(
            $"{folder}: architectures must be [\"{config.Family.Architecture}\"] for a language model; is [\"{config.Family.ScoreArchitecture}\"], which has no output projection.")
        : Load(folder, config, device, (known, parameters) => new DecoderModel(known, parameters));

    private static DecoderConfig Config(string folder, ScalarType? dataType)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var config = DecoderConfig.Load(Path.Combine(folder, ModelFileNames.Config));
        return dataType is { } type ? config with { DataType = type } : config;
    }

    private static DecoderConfig ScoredConfig(string folder, ScalarType? dataType) => Config(folder, dataType) is { HasScoreHead: true } config
        ? config
        : throw new UnsupportedModelException(
            $"{folder}: architectures must be that of a reward model, such as [\"LlamaForSequenceClassification\"]; a language model has no score head. "
            + $"To train a new one, load the language model and call {nameof(DecoderRewardModel)}.{nameof(DecoderRewardModel.FromLanguageModel)}.");

    private static T Load<T>(string folder, DecoderConfig config, Device device, Func<DecoderConfig, ParameterSource, T> make)
    {
        using var files = WeightFiles.Open(folder);
        var parameters = new CheckpointParameters(files, config.Family, config.DataType, device);
        try
        {
            var model = make(config, parameters);
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
