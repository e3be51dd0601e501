using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using static TorchSharp.torch;

namespace Alignment;

/// <summary>Reads the JSON of a header token by token, so that a hostile one costs little more memory than its own length.</summary>
/// <remarks>What is made of it is bounded: a tensor takes some 200 bytes, a letter two. A published file has some thousand tensors.</remarks>
internal static class SafetensorsJson
{
    private const string MetadataName = "__metadata__";
    private const int Depth = 3;                // { name: { key: [ number ] } }
    private const int MostDimensions = 64;      // as many as a tensor can have
    private const int MostTensors = 200_000;
    private const int MostLetters = 16 << 20;   // of all names and of the metadata

    public static (Dictionary<string, TensorEntry> Entries, Dictionary<string, string> Metadata) Parse(ReadOnlySpan<byte> json, string file)
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

    private static (Dictionary<string, TensorEntry> Entries, Dictionary<string, string> Metadata) ReadHeader(ref Utf8JsonReader json, string file)
    {
        var entries = new Dictionary<string, TensorEntry>();
        Dictionary<string, string>? metadata = null;
        var letters = 0L;
        json.Read();
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            RequireFew(letters += json.ValueSpan.Length, entries.Count, file);
            var name = json.GetString()!;
            if (entries.ContainsKey(name) || (name == MetadataName && metadata is not null))
                throw SafetensorsException.Of(file, name, "must stand in the header once; stands there again.");
            json.Read();
            if (name == MetadataName) metadata = ReadMetadata(ref json, file, ref letters);
            else entries.Add(name, ReadTensor(ref json, file, name));
        }
        json.Read();   // throws where anything but white space follows
        return (entries, metadata ?? []);
    }

    private static void RequireFew(long letters, int entries, string file)
    {
        if (entries >= MostTensors)
            throw new SafetensorsException(string.Create(CultureInfo.InvariantCulture, $"{file}: the header must name at most {MostTensors} tensors."));
        if (letters > MostLetters)
            throw new SafetensorsException(string.Create(CultureInfo.InvariantCulture,
                $"{file}: names and metadata of the header must be at most {MostLetters >> 20} MiB long."));
    }

    private static Dictionary<string, string> ReadMetadata(ref Utf8JsonReader json, string file, ref long letters)
    {
        Require(json.TokenType == JsonTokenType.StartObject, file, MetadataName, "must be an object of strings");
        var metadata = new Dictionary<string, string>();
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            RequireFew(letters += json.ValueSpan.Length, metadata.Count, file);
            var key = json.GetString()!;
            json.Read();
            RequireFew(letters += json.ValueSpan.Length, metadata.Count, file);
            if (json.TokenType != JsonTokenType.String)
                throw SafetensorsException.Of(file, MetadataName, $"the value of {SafetensorsException.Quoted(key)} must be a string.");
            if (!metadata.TryAdd(key, json.GetString()!))
                throw SafetensorsException.Of(file, MetadataName, $"{SafetensorsException.Quoted(key)} must stand there once.");
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
            if (type is null && json.ValueTextEquals("dtype"u8)) type = ReadType(ref json, file, name);
            else if (shape is null && json.ValueTextEquals("shape"u8)) shape = ReadIntegers(ref json, file, name, "shape", MostDimensions);
            else if (offsets is null && json.ValueTextEquals("data_offsets"u8)) offsets = ReadIntegers(ref json, file, name, "data_offsets", 2);
            else
                throw SafetensorsException.Of(file, name,
                    $"keys must be dtype, shape and data_offsets, once each; was {SafetensorsException.Quoted(json.GetString()!)}.");
        }
        Require(type is not null && shape is not null && offsets is { Length: 2 }, file, name,
            "must have a dtype, a shape and two data_offsets");
        RequireSize(type!.Value, shape!, offsets![0], offsets[1], file, name);
        return new TensorEntry(name, type.Value, shape!, offsets[0], offsets[1]);
    }

    private static ScalarType ReadType(ref Utf8JsonReader json, string file, string name)
    {
        json.Read();
        var given = json.TokenType == JsonTokenType.String ? json.GetString()! : json.TokenType.ToString();
        return SafetensorsTypes.TryParse(given, out var type)
            ? type
            : throw SafetensorsException.Of(file, name,
                $"dtype must be one of {SafetensorsTypes.Allowed}; was {SafetensorsException.Quoted(given)}.");
    }

    private static long[] ReadIntegers(ref Utf8JsonReader json, string file, string name, string key, int most)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray) throw SafetensorsException.Of(file, name, $"{key} must be an array.");
        Span<long> values = stackalloc long[most];
        var count = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (count == most)
                throw SafetensorsException.Of(file, name, string.Create(CultureInfo.InvariantCulture, $"{key} must hold at most {most} numbers."));
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out values[count]) || values[count] < 0)
                throw SafetensorsException.Of(file, name, $"{key} must hold whole numbers from 0 to {long.MaxValue}.");
            count++;
        }
        return values[..count].ToArray();
    }

    private static void RequireSize(ScalarType type, long[] shape, long begin, long end, string file, string name)
    {
        var size = (Int128)SafetensorsTypes.Size(type);
        var isEmpty = false;
        foreach (var length in shape)
        {
            size *= Math.Max(length, 1);   // an empty tensor has strides, which must not overflow either
            isEmpty |= length == 0;
            if (size > long.MaxValue) throw SafetensorsException.Of(file, name, $"shape must need at most {long.MaxValue} bytes.");
        }
        if (isEmpty) size = 0;
        if (end - begin != size)
            throw SafetensorsException.Of(file, name, string.Create(CultureInfo.InvariantCulture,
                $"data_offsets must span the {size} bytes of {SafetensorsTypes.Name(type)} [{string.Join(", ", shape)}]; were [{begin}, {end}]."));
    }

    private static void Require(bool holds, string file, string name, string rule)
    {
        if (!holds) throw SafetensorsException.Of(file, name, rule + ".");
    }
}
