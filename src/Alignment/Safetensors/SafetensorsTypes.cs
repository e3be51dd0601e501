using static TorchSharp.torch;

namespace Alignment;

/// <summary>The types of numbers that a safetensors file may hold here, by the names that the format gives them.</summary>
internal static class SafetensorsTypes
{
    private static readonly Dictionary<string, (ScalarType Type, int Size)> ByName = new()
    {
        ["BOOL"] = (ScalarType.Bool, 1),
        ["U8"] = (ScalarType.Byte, 1),
        ["I8"] = (ScalarType.Int8, 1),
        ["I16"] = (ScalarType.Int16, 2),
        ["I32"] = (ScalarType.Int32, 4),
        ["I64"] = (ScalarType.Int64, 8),
        ["F16"] = (ScalarType.Float16, 2),
        ["BF16"] = (ScalarType.BFloat16, 2),
        ["F32"] = (ScalarType.Float32, 4),
        ["F64"] = (ScalarType.Float64, 8),
    };

    private static readonly Dictionary<ScalarType, (string Name, int Size)> ByType =
        ByName.ToDictionary(entry => entry.Value.Type, entry => (entry.Key, entry.Value.Size));

    public static string Allowed { get; } = string.Join(", ", ByName.Keys);

    public static bool TryParse(string name, out ScalarType type)
    {
        var found = ByName.TryGetValue(name, out var entry);
        type = entry.Type;
        return found;
    }

    public static bool Has(ScalarType type) => ByType.ContainsKey(type);

    public static string Name(ScalarType type) => ByType[type].Name;

    /// <summary>Bytes of one number.</summary>
    public static int Size(ScalarType type) => ByType[type].Size;
}
