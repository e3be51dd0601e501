namespace Alignment.Data.Templates;

/// <summary>A dictionary that keeps the order of its keys, as Python's does.</summary>
internal sealed class Map
{
    private readonly OrderedDictionary<Value, Value> _entries = new(ScalarComparer.Instance);

    public int Count => _entries.Count;

    public IReadOnlyList<KeyValuePair<Value, Value>> Entries => _entries;

    public static Map Copy(Map map)
    {
        var copy = new Map();
        foreach (var (key, value) in map._entries)
            copy._entries.Add(key, value);
        return copy;
    }

    public bool TryGet(Value key, out Value value) => _entries.TryGetValue(key, out value);

    public bool Contains(Value key) => _entries.ContainsKey(key);

    /// <summary>Only whoever makes a map writes to it.</summary>
    public void Set(Value key, Value value) => _entries[key] = value;

    public Value[] Keys() => [.. _entries.Keys];

    public Value[] Values() => [.. _entries.Values];

    public Value[] Items()
    {
        var items = new Value[_entries.Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = Sequence.Tuple(_entries.GetAt(i).Key, _entries.GetAt(i).Value);
        return items;
    }
}
