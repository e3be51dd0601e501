namespace Alignment.Data.Transforms;

/// <summary>The smallest hashes of a set, from which the similarity of two sets is known, or estimated where they are large.</summary>
/// <remarks>
/// Bottom-k sketches (Cohen and Kaplan 2007): the k smallest hashes of two sets together are a sample of their union, and the share of the
/// sample that both have is the Jaccard index. A set that fits is kept whole, and two such are compared exactly.
/// </remarks>
internal readonly struct ShingleSketch
{
    public const int Capacity = 256;

    private readonly uint[] _smallest;
    private readonly bool _isWhole;

    /// <param name="set">The hashes, ascending and distinct.</param>
    public ShingleSketch(ReadOnlySpan<uint> set)
    {
        _isWhole = set.Length <= Capacity;
        _smallest = set[..Math.Min(set.Length, Capacity)].ToArray();
    }

    /// <summary>The number of shared hashes by the number of all.</summary>
    public double Similarity(ShingleSketch other)
    {
        var (mine, theirs) = (_smallest, other._smallest);
        var sample = _isWhole && other._isWhole ? int.MaxValue : Capacity;
        int i = 0, j = 0, shared = 0, all = 0;
        while (all < sample && i < mine.Length && j < theirs.Length)
        {
            var (left, right) = (mine[i], theirs[j]);
            if (left <= right) i++;
            if (right <= left) j++;
            if (left == right) shared++;
            all++;
        }
        all = (int)Math.Min((long)all + mine.Length - i + theirs.Length - j, sample);
        return (double)shared / all;
    }
}
