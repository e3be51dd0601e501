namespace Alignment.Training;

/// <summary>A generator of 64 random bits with 64 bits of state, the same on every platform and version.</summary>
/// <remarks>Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators".</remarks>
internal struct SplitMix64(ulong state)
{
    /// <summary>The generator of one pass over data. Seed and epoch are mixed: neighbouring states would give one stream, shifted by a draw.</summary>
    public static SplitMix64 Of(int seed, int epoch) => new(new SplitMix64(new SplitMix64((ulong)seed).Next() ^ (uint)epoch).Next());

    /// <summary>From where it goes on.</summary>
    public readonly ulong State => state;

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number below a limit; the bias of the multiply-shift is below 2^-32 for limits below 2^32.</summary>
    public ulong Below(ulong limit) => Math.BigMul(Next(), limit, out _);

    /// <summary>A number from 0 up to and without 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1L << 53));
}
