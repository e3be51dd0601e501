using System.Globalization;

namespace Alignment.Models;

/// <summary>The names that Hugging Face gives to the files of a model folder.</summary>
internal static class ModelFileNames
{
    public const string Config = "config.json";
    public const string Weights = "model.safetensors";
    public const string Index = "model.safetensors.index.json";

    private static readonly string[] PickleEndings = [".bin", ".pt", ".pth", ".pkl", ".ckpt"];

    /// <summary>For example model-00002-of-00003.safetensors; the number counts from 1.</summary>
    public static string Shard(int number, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"model-{number:D5}-of-{count:D5}.safetensors");

    /// <summary>Whether the file is a weight file or an index, which a model saved into the folder replaces.</summary>
    public static bool IsWeights(string name) =>
        name is Weights or Index
        || (name.StartsWith("model-", StringComparison.Ordinal) && name.EndsWith(".safetensors", StringComparison.Ordinal));

    public static bool IsPickle(string name) => PickleEndings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
}
