namespace Alignment.Data.Transforms;

/// <summary>
/// A hash table from the key of a band to the texts that have it, newest first: two numbers a text, where a dictionary of lists would take ten.
/// </summary>
internal sealed class BandTable
{
    private int[] _heads = NewHeads(1024);
    private uint[] _keys = new uint[1024];
    private int[] _next = new int[1024];
    private int _count;

    /// <summary>Adds the next text, whose number is the count of those before it.</summary>
    public void Add(uint key)
    {
        if (_count == _keys.Length) Grow();
        _keys[_count] = key;
        Link(_count++);
    }

    /// <summary>The newest text with a key, or -1.</summary>
    public int First(uint key) => Matching(_heads[Slot(key)], key);

    /// <summary>The text with a key that came before another, or -1.</summary>
    public int Next(int entry, uint key) => Matching(_next[entry], key);

    private int Matching(int entry, uint key)
    {
        while (entry >= 0 && _keys[entry] != key) entry = _next[entry];
        return entry;
    }

    private void Link(int entry)
    {
        ref var head = ref _heads[Slot(_keys[entry])];
        _next[entry] = head;
        head = entry;
    }

    private uint Slot(uint key) => key & (uint)(_heads.Length - 1);

    private void Grow()
    {
        var size = checked(_keys.Length * 2);
        Array.Resize(ref _keys, size);
        Array.Resize(ref _next, size);
        _heads = NewHeads(size);
        for (var entry = 0; entry < _count; entry++) Link(entry);
    }

    private static int[] NewHeads(int size)
    {
        var heads = new int[size];
        Array.Fill(heads, -1);
        return heads;
    }
}
