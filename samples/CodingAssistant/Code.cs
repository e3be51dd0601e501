using Alignment.Generation;

namespace Alignment.Samples;

/// <summary>Questions and answers about code, as text and as turns.</summary>
internal static class Code
{
    /// <summary>A turn as its text alone.</summary>
    public static Transcript Plain(Transcript turn) => turn is { IsConversational: true, Messages: [var only] } ? only.Content : turn;

    public static PreferencePair Plain(PreferencePair pair) =>
        pair with { Prompt = Plain(pair.Prompt), Chosen = Plain(pair.Chosen), Rejected = Plain(pair.Rejected) };

    /// <summary>How answers are drawn: the same ones by every run.</summary>
    public static TextGenerationOptions Drawn(CodingAssistantSettings settings, int samples = 1) => new()
    {
        Tokens = new GenerationOptions
        {
            MaxNewTokens = settings.MaxNewTokens,
            Sampling = new SamplingOptions { Temperature = settings.Temperature },
            SamplesPerPrompt = samples,
            Seed = settings.Seed,
        },
    };
}
