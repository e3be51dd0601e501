using Alignment.Generation;

namespace Alignment.Tests.Generation;

/// <summary>Wrong settings and wrong requests, with their messages.</summary>
public sealed class GenerationOptionsTests
{
    [Fact]
    public void Settings_that_mean_nothing_fail_where_they_are_written()
    {
        Fails("Temperature must be a finite number greater than 0; for the most likely token of every step, leave Sampling null.", () => new SamplingOptions { Temperature = 0 });
        Fails("Temperature must be a finite number greater than 0.", () => new SamplingOptions { Temperature = -1 });
        Fails("Temperature must be a finite number greater than 0.", () => new SamplingOptions { Temperature = double.NaN });
        Fails("TopK must be at least 1.", () => new SamplingOptions { TopK = 0 });
        Fails("TopP must be greater than 0 and at most 1.", () => new SamplingOptions { TopP = 0 });
        Fails("TopP must be greater than 0 and at most 1.", () => new SamplingOptions { TopP = 1.1 });
        Fails("MinP must be greater than 0 and at most 1.", () => new SamplingOptions { MinP = 0 });
        Fails("MaxNewTokens must be at least 1.", () => new GenerationOptions { MaxNewTokens = 0 });
        Fails("SamplesPerPrompt must be at least 1.", () => new GenerationOptions { SamplesPerPrompt = 0 });
        Fails("RepetitionPenalty must be a finite number greater than 0.", () => new GenerationOptions { RepetitionPenalty = 0 });
        Fails("StopTexts[1] must hold at least one character.", () => new TextGenerationOptions { StopTexts = ["a", ""] });
        Assert.Throws<ArgumentNullException>(() => new GenerationOptions { StopIds = null! });
        Assert.Throws<ArgumentNullException>(() => new TextGenerationOptions { StopTexts = null! });
        Assert.Throws<ArgumentNullException>(() => new TextGenerationOptions { Tokens = null! });
    }

    [Fact]
    public void Requests_are_checked_by_the_call_even_of_a_stream()
    {
        using var model = FunctionModel.Drawing(0.5, 0.5);
        var generator = new TokenGenerator(model);
        var options = new GenerationOptions { MaxNewTokens = 10 };
        Fails("prompts must hold at least one prompt.", () => generator.Stream([], options));
        Fails("prompts[1] must hold at least one token id.", () => generator.Stream([[1], []], options));
        Fails("prompts[1] must hold at least one token id.", () => generator.Stream([[1], null!], options));
        Fails("prompts[0] must hold ids from 0 to 1; held 2.", () => generator.Generate([[0, 2]], options));
        Fails("prompts[0] must hold ids from 0 to 1; held -1.", () => generator.Start([[-1]], options));
        Fails("StopIds must hold ids from 0 to 1; held 7.", () => generator.Stream([[1]], options with { StopIds = [1, 7] }));
        Fails("prompts[0] and MaxNewTokens together must be at most 1000 tokens for this model; were 1 and 1000.", () => generator.Stream([[1]], options with { MaxNewTokens = 1000 }));
        Assert.Throws<ArgumentNullException>(() => generator.Stream(null!, options));
        Assert.Throws<ArgumentNullException>(() => generator.Stream([[1]], null!));
        Assert.Throws<ArgumentNullException>(() => new TokenGenerator(null!));
    }

    [Fact]
    public void Only_a_temperature_can_be_scored()
    {
        Assert.True(new GenerationOptions().CanBeScored);
        Assert.True(new GenerationOptions { Sampling = new SamplingOptions { Temperature = 0.7, TopP = 1 } }.CanBeScored);
        Assert.False(new GenerationOptions { RepetitionPenalty = 1.1 }.CanBeScored);
        Assert.False(new GenerationOptions { Sampling = new SamplingOptions { TopK = 5 } }.CanBeScored);
        Assert.False(new GenerationOptions { Sampling = new SamplingOptions { TopP = 0.9 } }.CanBeScored);
        Assert.False(new GenerationOptions { Sampling = new SamplingOptions { MinP = 0.1 } }.CanBeScored);
    }

    private static void Fails(string message, Func<object> call) => Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);
}
