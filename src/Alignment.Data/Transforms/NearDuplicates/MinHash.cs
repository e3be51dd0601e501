using System.Numerics;
using Alignment.Training;

namespace Alignment.Data.Transforms;

/// <summary>The smallest values of a set under many hash functions, and keys of groups of them that similar sets are likely to share.</summary>
/// <remarks>
/// Broder 1997, "On the resemblance of documents": two sets have the same minimum with the probability of their Jaccard index. The functions
/// are a x + b modulo 2^32 with odd a, permutations of numbers that are hashes already; their coefficients are fixed, so that results
/// are the same on every machine.
/// </remarks>
internal sealed class MinHash
{
    public const int Bands = 21;
    private const int RowsPerBand = 6;
    private const int Size = 128;   // 126, up to a whole number of vectors

    private readonly uint[] _factors = new uint[Size];
    private readonly uint[] _terms = new uint[Size];
    private readonly uint[] _minima = new uint[Size];
    private readonly uint[] _keys = new uint[Bands];

    public MinHash()
    {
        var random = new SplitMix64(0x4D696E48617368);
        for (var i = 0; i < Size; i++)
        {
            var bits = random.Next();
            _factors[i] = (uint)bits | 1;
            _terms[i] = (uint)(bits >> 32);
        }
    }

    /// <summary>The keys of the bands of a set; valid until the next call.</summary>
    public ReadOnlySpan<uint> BandKeys(ReadOnlySpan<uint> set)
    {
        for (var i = 0; i < Size; i += Vector<uint>.Count)
        {
            var factors = new Vector<uint>(_factors, i);
            var terms = new Vector<uint>(_terms, i);
            var minima = new Vector<uint>(uint.MaxValue);
            foreach (var element in set) minima = Vector.Min(minima, factors * new Vector<uint>(element) + terms);
            minima.CopyTo(_minima, i);
        }
        for (var band = 0; band < Bands; band++)
        {
            ulong key = 0;
            foreach (var minimum in _minima.AsSpan(band * RowsPerBand, RowsPerBand)) key = new SplitMix64(key ^ minimum).Next();
            _keys[band] = (uint)key;
        }
        return _keys;
    }
}
