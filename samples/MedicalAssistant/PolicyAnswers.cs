using Alignment.Generation;

namespace Alignment.Samples;

/// <summary>What a policy answers when its answers are sampled.</summary>
internal static class PolicyAnswers
{
    private const int AtOnce = 64;   // prompts

    /// <param name="policy">Answers.</param>
    /// <param name="prompts">What is answered.</param>
    /// <param name="origin">Writes the prompts as tokens.</param>
    /// <param name="settings">Say how freely and how long.</param>
    /// <param name="sample">Tells the samples of the same prompts apart.</param>
    /// <param name="stop">Ends it.</param>
    public static IReadOnlyList<Transcript> Sample(
        CausalLanguageModel policy, IEnumerable<Transcript> prompts, Origin origin, MedicalSettings settings, int sample, CancellationToken stop)
    {
        var generator = new TextGenerator(policy, origin.Tokenizer);
        return [.. prompts.Select(origin.Encoder.EncodePrompt).Chunk(AtOnce).SelectMany((asked, part) =>
        {
            var tokens = new GenerationOptions
            {
                MaxNewTokens = Math.Min(settings.MaxNewTokens, policy.MaxPositions - asked.Max(prompt => prompt.Count)),
                Sampling = new SamplingOptions { Temperature = settings.Temperature },
                Seed = SeedOf(settings.Seed, sample, part),
            };
            return generator.Generate(asked, new TextGenerationOptions { Tokens = tokens }, stop).Select(answer => Texts.Answer(answer.Text.Trim()));
        })];
    }

    // Another number for each part, the same in every run.
    private static long SeedOf(int seed, int sample, int part) => (((long)seed * 1000) + sample) * 1000 + part;
}
