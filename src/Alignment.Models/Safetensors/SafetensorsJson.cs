using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Reads the JSON of a header token by token, so that a hostile one costs no more memory than its own length.</summary>
internal static class SafetensorsJson
{
    private const string MetadataName = "__metadata__";
    private const int Depth = 3;                // { name: { key: [ number ] } }
    private const int MostDimensions = 64;      // as many as a tensor can have

    public static (List<TensorEntry> Entries, Dictionary<string, string> Metadata) Parse(ReadOnlySpan<byte> json, string file)
    {
        if (json.IsEmpty || json[0] != '{')
            throw new SafetensorsException($"{file}: the header must be JSON that starts with '{{'.");
        if (!Utf8.IsValid(json)) throw new SafetensorsException($"{file}: the header must be valid UTF-8.");
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Depth });
            return ReadHeader(ref reader, file);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)   // the latter: an escaped half of a surrogate pair
        {
            throw new SafetensorsException($"{file}: the header must be a JSON object of tensors, at most {Depth} levels deep. {e.Message}", e);
        }
    }

    private static (List<TensorEntry> Entries, Dictionary<string, string> Metadata) ReadHeader(ref Utf8JsonReader json, string file)
    {
        var entries = new List<TensorEntry>();
        Dictionary<string, string>? metadata = null;
        var names = new HashSet<string>();
        json.Read();
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var name = json.GetString()!;
            if (!names.Add(name)) throw SafetensorsException.Of(file, name, "must stand in the header once; stands there again.");
            json.Read();
            if (name == MetadataName) metadata = ReadMetadata(ref json, file);
            else entries.Add(ReadTensor(ref json, file, name));
        }
        json.Read();   // throws where anything but white space follows
        return (entries, metadata ?? []);
    }

    private static Dictionary<string, string> ReadMetadata(ref Utf8JsonReader json, string file)
    {
        Require(json.TokenType == JsonTokenType.StartObject, file, MetadataName, "must be an object of strings");
        var metadata = new Dictionary<string, string>();
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var key = json.GetString()!;
            json.Read();
            Require(json.TokenType == JsonTokenType.String, file, MetadataName,
                $"the value of {SafetensorsException.Quoted(key)} must be a string");
            Require(metadata.TryAdd(key, json.GetString()!), file, MetadataName,
                $"{SafetensorsException.Quoted(key)} must stand there once");
        }
        return metadata;
    }

    private static TensorEntry ReadTensor(ref Utf8JsonReader json, string file, string name)
    {
        Require(json.TokenType == JsonTokenType.StartObject, file, name, "must be an object of dtype, shape and data_offsets");
        ScalarType? type = null;
        long[]? shape = null, offsets = null;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var key = json.GetString()!;
            json.Read();
            switch (key)
            {
                case "dtype" when type is null: type = ReadType(ref json, file, name); break;
                case "shape" when shape is null: shape = ReadIntegers(ref json, file, name, key, MostDimensions); break;
                case "data_offsets" when offsets is null: offsets = ReadIntegers(ref json, file, name, key, 2); break;
                default:
                    throw SafetensorsException.Of(file, name,
                        $"keys must be dtype, shape and data_offsets, once each; was {SafetensorsException.Quoted(key)}.");
            }
        }
        Require(type is not null && shape is not null && offsets is { Length: 2 }, file, name,
            "must have a dtype, a shape and two data_offsets");
        RequireSize(type!.Value, shape!, offsets![0], offsets[1], file, name);
        return new TensorEntry(name, type.Value, shape!, offsets[0], offsets[1]);
    }

    private static ScalarType ReadType(ref Utf8JsonReader json, string file, string name)
    {
        var given = json.TokenType == JsonTokenType.String ? json.GetString()! : json.TokenType.ToString();
        return SafetensorsTypes.TryParse(given, out var type)
            ? type
            : throw SafetensorsException.Of(file, name,
                $"dtype must be one of {SafetensorsTypes.Allowed}; was {SafetensorsException.Quoted(given)}.");
    }

    private static long[] ReadIntegers(ref Utf8JsonReader json, string file, string name, string key, int most)
    {
        Require(json.TokenType == JsonTokenType.StartArray, file, name, $"{key} must be an array");
        var values = new List<long>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Require(values.Count < most, file, name, string.Create(CultureInfo.InvariantCulture, $"{key} must hold at most {most} numbers"));
            long value = 0;
            Require(json.TokenType == JsonTokenType.Number && json.TryGetInt64(out value) && value >= 0, file, name,
                $"{key} must hold whole numbers from 0 to {long.MaxValue}");
            values.Add(value);
        }
        return [.. values];
    }

    private static void RequireSize(ScalarType type, long[] shape, long begin, long end, string file, string name)
    {
        var size = (long)SafetensorsTypes.Size(type);
        foreach (var length in shape)
        {
            var longer = (Int128)size * length;
            Require(longer <= long.MaxValue, file, name, $"shape must need at most {long.MaxValue} bytes");
            size = (long)longer;
        }
        if (end < begin || end - begin != size)
            throw SafetensorsException.Of(file, name, string.Create(CultureInfo.InvariantCulture,
                $"data_offsets must span the {size} bytes of {SafetensorsTypes.Name(type)} [{string.Join(", ", shape)}]; were [{begin}, {end}]."));
    }

    private static void Require(bool holds, string file, string name, string rule)
    {
        if (!holds) throw SafetensorsException.Of(file, name, rule + ".");
    }
}
