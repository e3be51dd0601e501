namespace Alignment.Data.Transforms;

/// <summary>Finds texts that are nearly the same as an earlier one, in time and memory linear in their number. Not for several threads at a time.</summary>
/// <remarks>
/// Two texts are similar where the Jaccard index of their word 5-grams (<see cref="WordShingles"/>) reaches the threshold: shared / all.
/// Candidates come from MinHash with locality-sensitive hashing (Broder 1997; Indyk and Motwani 1998): 126 minima in 21 bands of 6, so that
/// a pair of similarity s is met with probability 1 - (1 - s^6)^21: 0.998 at 0.8, 0.94 at 0.71, 0.28 at 0.5, 0.015 at 0.3. Each candidate is
/// then verified by the 256 smallest hashes of both sets (<see cref="ShingleSketch"/>): exact for texts of up to 256 5-grams, a standard
/// error of 0.025 beyond. A text that is similar to one that was kept is not kept itself, so that chains of small changes don't
/// swallow everything and a bucket never fills with copies. About 1 kB for each text that is kept, whatever its length.
/// </remarks>
internal sealed class NearDuplicateIndex
{
    // Bounds the work where thousands of different texts share one template; the newest entries of a bucket are looked at.
    private const int MostCandidatesOfBand = 64;

    private readonly double _threshold;
    private readonly List<Kept> _kept = [];
    private readonly BandTable[] _bands = [.. Enumerable.Range(0, MinHash.Bands).Select(_ => new BandTable())];
    private readonly MinHash _minHash = new();
    private readonly WordShingles _shingles = new();

    /// <param name="threshold">The least similarity, 1 for equal sets of 5-grams.</param>
    public NearDuplicateIndex(double threshold = 0.8) => _threshold = Ensure.AboveZeroAtMost(threshold, 1, nameof(threshold));

    /// <summary>Texts added so far.</summary>
    public int Count { get; private set; }

    /// <summary>Texts that were similar to none before them.</summary>
    public int KeptCount => _kept.Count;

    /// <summary>Adds a text.</summary>
    /// <returns>Which text before it, counted from 0 in the order of adding, it is similar to; null for none.</returns>
    public int? Add(string text)
    {
        var shingles = _shingles.Of(text);   // sorted, distinct
        var keys = _minHash.BandKeys(shingles);
        var sketch = new ShingleSketch(shingles);
        var number = Count++;
        if (Find(keys, sketch, number) is { } similar) return similar;
        for (var band = 0; band < keys.Length; band++) _bands[band].Add(keys[band]);
        _kept.Add(new Kept(number, sketch));
        return null;
    }

    private int? Find(ReadOnlySpan<uint> keys, ShingleSketch sketch, int number)
    {
        for (var band = 0; band < keys.Length; band++)
        {
            var table = _bands[band];
            var looked = 0;
            for (var entry = table.First(keys[band]); entry >= 0 && looked < MostCandidatesOfBand; entry = table.Next(entry, keys[band]), looked++)
            {
                var kept = _kept[entry];
                if (kept.ComparedWith == number) continue;
                kept.ComparedWith = number;
                if (kept.Sketch.Similarity(sketch) >= _threshold) return kept.Number;
            }
        }
        return null;
    }

    private sealed class Kept(int number, ShingleSketch sketch)
    {
        public int Number => number;

        public ShingleSketch Sketch => sketch;

        /// <summary>The text that it was last compared with, so that it is not compared again in another band.</summary>
        public int ComparedWith { get; set; } = -1;
    }
}
