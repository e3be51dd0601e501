namespace Alignment.Generation;

/// <summary>Goes on with prompts of token ids.</summary>
/// <remarks>The model is in evaluation mode while a step is computed and afterwards as it was before.</remarks>
/// <param name="model">The model; it stays the caller's.</param>
public sealed class TokenGenerator(CausalLanguageModel model)
{
    private readonly CausalLanguageModel model = Ensure.NotNull(model, nameof(model));

    /// <summary>Generates the responses to some prompts.</summary>
    /// <param name="prompts">Ids of each prompt, of any lengths; at least one prompt of at least one token.</param>
    /// <param name="options">The settings.</param>
    /// <param name="cancellationToken">Ends generation between two tokens, by an exception.</param>
    /// <returns>The responses, prompt after prompt.</returns>
    /// <exception cref="ArgumentException">There is no prompt, one is empty or too long, or an id is not in the vocabulary.</exception>
    public IReadOnlyList<GeneratedResponse> Generate(
        IReadOnlyList<IReadOnlyList<int>> prompts, GenerationOptions options, CancellationToken cancellationToken = default)
    {
        using var run = Start(prompts, options);
        while (!run.IsFinished) run.Step(cancellationToken);
        return run.Responses;
    }

    /// <summary>Generates the responses to some prompts and gives each token as it comes.</summary>
    /// <remarks>Arguments are checked by the call; the model works while the sequence is read, from whatever thread. Leaving early frees all.</remarks>
    /// <inheritdoc cref="Generate"/>
    /// <returns>The tokens, step after step and row after row.</returns>
    public IEnumerable<GeneratedToken> Stream(
        IReadOnlyList<IReadOnlyList<int>> prompts, GenerationOptions options, CancellationToken cancellationToken = default)
    {
        var request = GenerationRequest.Checked(model, prompts, options);
        return Tokens();

        IEnumerable<GeneratedToken> Tokens()
        {
            using var run = new GenerationRun(request);
            while (!run.IsFinished)
                foreach (var token in run.Step(cancellationToken))
                    yield return token;
        }
    }

    /// <summary>Computes some prompts, for a caller that takes the steps itself.</summary>
    /// <inheritdoc cref="Generate"/>
    /// <returns>The run, to be disposed.</returns>
    public GenerationRun Start(IReadOnlyList<IReadOnlyList<int>> prompts, GenerationOptions options) =>
        new(GenerationRequest.Checked(model, prompts, options));
}
