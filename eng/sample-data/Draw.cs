namespace SampleData;

/// <summary>SplitMix64: the same draws on every machine and every version of .NET, so that the files can be made again.</summary>
internal sealed class Draw(ulong seed)
{
    private ulong state = seed;

    /// <summary>A number from 0 to <paramref name="end"/> - 1.</summary>
    public int Below(int end) => (int)(Next() % (ulong)end);

    /// <summary>True with the given probability in percent.</summary>
    public bool Chance(int percent) => Below(100) < percent;

    public T From<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>Two different items of the list.</summary>
    public T[] TwoFrom<T>(IReadOnlyList<T> items)
    {
        var first = Below(items.Count);
        var second = (first + 1 + Below(items.Count - 1)) % items.Count;
        return [items[first], items[second]];
    }

    public T[] Shuffled<T>(IEnumerable<T> items)
    {
        var shuffled = items.ToArray();
        for (var i = shuffled.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }

    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
