namespace Alignment.Data.Reports;

/// <summary>Whole numbers counted one by one, so that every quantile is exact.</summary>
internal sealed class LengthCounter
{
    private readonly Dictionary<int, long> _counts = [];
    private long _sum;

    public long Count { get; private set; }

    public int Max { get; private set; }

    public double Mean => Count == 0 ? 0 : (double)_sum / Count;

    /// <summary>The values and how often each came, ascending.</summary>
    public IReadOnlyList<KeyValuePair<int, long>> Sorted => [.. _counts.OrderBy(pair => pair.Key)];

    public void Add(int value)
    {
        _counts[value] = _counts.GetValueOrDefault(value) + 1;
        _sum += value;
        Count++;
        Max = Math.Max(Max, value);
    }

    /// <summary>The smallest value that at least the given share of the values do not exceed (the nearest rank); 0 without values.</summary>
    /// <param name="share">Above 0, at most 1.</param>
    public int Quantile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count - 1e-9));
        var seen = 0L;
        foreach (var (value, count) in Sorted)
            if ((seen += count) >= rank) return value;
        return 0;
    }
}
