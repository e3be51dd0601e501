using System.Collections.Generic;
using System.Linq;
using Parquet.Meta;

namespace Parquet;

/// <summary>Named texts as a dictionary, and back.</summary>
internal static class KeyValues
{
    /// <summary>Where a file repeats a name, the last text counts.</summary>
    public static Dictionary<string, string> ToDictionary(List<KeyValue>? pairs)
    {
        var texts = new Dictionary<string, string>();
        foreach (var pair in pairs ?? [])
        {
            texts[pair.Key] = pair.Value ?? string.Empty;
        }

        return texts;
    }

    /// <summary>Null for none: the field is optional.</summary>
    public static List<KeyValue>? ToList(IEnumerable<KeyValuePair<string, string>>? texts)
    {
        var pairs = (texts ?? []).Select(pair => new KeyValue { Key = pair.Key, Value = pair.Value }).ToList();
        return pairs.Count > 0 ? pairs : null;
    }
}
