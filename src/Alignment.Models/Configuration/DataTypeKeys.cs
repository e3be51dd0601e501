using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>The type of the weights in both styles: dtype of transformers 5, torch_dtype of older versions.</summary>
internal static class DataTypeKeys
{
    private static readonly string[] Keys = ["dtype", "torch_dtype"];

    public static ScalarType Read(ConfigObject root)
    {
        if (Keys.FirstOrDefault(root.Has) is not { } key) return ScalarType.Float32;
        var name = root.Text(key)!;
        return WeightTypes.TryParse(name.StartsWith("torch.", StringComparison.Ordinal) ? name[6..] : name, out var type)
            ? type
            : throw root.Unsupported(key, $"one of {WeightTypes.Allowed}");
    }

    /// <summary>Writes the style that the object already has, and both where it has neither.</summary>
    public static void Write(ScalarType type, JsonObject root)
    {
        var present = Keys.Where(root.ContainsKey).ToArray();
        foreach (var key in present.Length > 0 ? present : Keys) root[key] = WeightTypes.Name(type);
    }
}
