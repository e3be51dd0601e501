using Alignment.Training;

namespace Alignment.Generation;

/// <summary>A response as it grows, with random numbers of its own.</summary>
internal sealed class OpenRow
{
    private readonly List<int> ids = [];
    private readonly List<float> logProbs = [], samplingLogProbs = [];
    private readonly List<IReadOnlyList<LikelyToken>> likely = [];
    private readonly int prompt, sample;
    private SplitMix64 random;

    public OpenRow(int prompt, int sample, GenerationOptions options)
    {
        (this.prompt, this.sample) = (prompt, sample);
        Index = prompt * options.SamplesPerPrompt + sample;
        // Each number is scrambled before the next one joins, so that no two rows or seeds share a stream.
        var ofSeed = new SplitMix64((ulong)options.Seed).Next();
        var ofPrompt = new SplitMix64(ofSeed ^ (uint)(options.FirstPrompt + prompt)).Next();
        random = new SplitMix64(new SplitMix64(ofPrompt ^ (uint)sample).Next());
    }

    public int Index { get; }

    public int Length => ids.Count;

    public FinishReason? Finish { get; private set; }

    /// <summary>The next number between 0 and 1, neither of them: a middle of 2⁴⁸ equal parts.</summary>
    public double NextUniform() => ((random.Next() >> 16) + 0.5) / (1L << 48);

    public GeneratedToken Add(int id, float logProb, float samplingLogProb, FinishReason? finish)
    {
        ids.Add(id);
        logProbs.Add(logProb);
        samplingLogProbs.Add(samplingLogProb);
        Finish = finish;
        return new GeneratedToken(Index, id, logProb, samplingLogProb, finish);
    }

    /// <summary>The most likely tokens of the place that was just filled.</summary>
    public void Add(IReadOnlyList<LikelyToken> tokens) => likely.Add(tokens);

    public void End(FinishReason finish) => Finish = finish;

    public GeneratedResponse Response() => new(prompt, sample, ids, Finish!.Value, logProbs, samplingLogProbs) { Likely = likely };
}
