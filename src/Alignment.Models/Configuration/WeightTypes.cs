using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>The types that a model's weights may have, by the names of PyTorch.</summary>
internal static class WeightTypes
{
    private static readonly Dictionary<string, ScalarType> ByName = new()
    {
        ["float16"] = ScalarType.Float16,
        ["bfloat16"] = ScalarType.BFloat16,
        ["float32"] = ScalarType.Float32,
        ["float64"] = ScalarType.Float64,
    };

    public static string Allowed { get; } = string.Join(", ", ByName.Keys);

    public static bool TryParse(string name, out ScalarType type) => ByName.TryGetValue(name, out type);

    public static string Name(ScalarType type) => ByName.First(entry => entry.Value == type).Key;

    public static ScalarType Require(ScalarType type, [CallerMemberName] string name = "") =>
        ByName.ContainsValue(type) ? type : throw new ArgumentOutOfRangeException(name, type, $"{name} must be one of {Allowed}.");
}
