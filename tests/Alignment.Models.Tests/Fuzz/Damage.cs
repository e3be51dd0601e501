using System.Text;
using System.Text.Json.Nodes;

namespace Alignment.Models.Tests;

/// <summary>Damages text as accidents and attackers do.</summary>
internal static class Damage
{
    private static readonly string[] Tokens =
    [
        "-1", "0", "1", "16", "65536", "9223372036854775807", "9223372036854775808", "4294967296", "1e9", "1e999", "0.5", "null", "true", "\"\"", "{}", "[]", "{", "}", "[", "]", ",", ":",
        "\"F32\"", "\"F64\"", "\"Q4\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"__metadata__\"", "\"weight_map\"", "\"\\ud800\"", "\"\\u0000\"", "\"a\":", "[0,16]", "[[[[", " ", "\n", "//",
    ];

    private static readonly string[] Values =
    [
        "0", "1", "2", "3", "64", "1000", "65536", "1048576", "2147483647", "2147483648", "-1", "0.5", "1e-300", "1e300", "1e999", "null", "true", "false", "\"\"", "\"float16\"", "\"llama\"",
        "\"gpt2\"", "\"default\"", "\"yarn\"", "\"../x\"", "[]", "{}", "[0]", "[null]", "[1e300,-1]", "[\"full_attention\"]", "{\"rope_type\":\"linear\",\"factor\":2}", "{\"a\":{\"b\":[{}]}}",
    ];

    /// <summary>One to three edits of single bytes, stretches and tokens; the result may be no JSON any more.</summary>
    public static List<byte> Bytes(Random random, ReadOnlySpan<byte> good)
    {
        List<byte> text = [.. good];
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(text.Count);
            var token = Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]);
            switch (random.Next(6))
            {
                case 0: text[at] = (byte)random.Next(256); break;
                case 1: text[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: text.RemoveRange(at, Math.Min(random.Next(1, 20), text.Count - at)); break;
                case 3: text.InsertRange(at, text.GetRange(random.Next(at + 1), Math.Min(random.Next(1, 60), text.Count - at) / 2)); break;
                case 4: text.InsertRange(at, token); break;
                default: ReplaceNumber(text, at, token); break;
            }
            if (text.Count == 0) text.Add((byte)'{');
        }
        return text;
    }

    /// <summary>One to three values replaced, removed or put elsewhere; the result is JSON.</summary>
    public static string Json(Random random, string good)
    {
        var root = JsonNode.Parse(good)!.AsObject();
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var places = Places(root).ToList();
            if (places.Count == 0) break;
            var (owner, key) = places[random.Next(places.Count)];
            var (other, otherKey) = places[random.Next(places.Count)];
            switch (random.Next(8))
            {
                case 0: owner.Remove(key); break;
                case 1: owner[key] = other[otherKey]?.DeepClone(); break;
                case 2: owner[otherKey] = owner[key]?.DeepClone(); break;
                default: owner[key] = JsonNode.Parse(Values[random.Next(Values.Length)]); break;
            }
        }
        return root.ToJsonString();
    }

    private static IEnumerable<(JsonObject Owner, string Key)> Places(JsonObject owner)
    {
        foreach (var (key, value) in owner)
        {
            yield return (owner, key);
            if (value is not JsonObject inner) continue;
            foreach (var place in Places(inner)) yield return place;
        }
    }

    private static void ReplaceNumber(List<byte> text, int from, byte[] token)
    {
        var at = text.FindIndex(from, letter => letter is >= (byte)'0' and <= (byte)'9');
        if (at < 0) return;
        text.RemoveAt(at);
        text.InsertRange(at, token);
    }
}
