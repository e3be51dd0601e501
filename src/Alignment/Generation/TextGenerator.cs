namespace Alignment.Generation;

/// <summary>Goes on with prompts and gives the responses as text, whole or as it comes.</summary>
/// <param name="model">The model; it stays the caller's.</param>
/// <param name="tokenizer">The tokenizer that made the prompts.</param>
public sealed class TextGenerator(CausalLanguageModel model, ITokenizer tokenizer)
{
    private readonly CausalLanguageModel model = Ensure.NotNull(model, nameof(model));
    private readonly ITokenizer tokenizer = Ensure.NotNull(tokenizer, nameof(tokenizer));

    /// <summary>Generates the responses to some prompts.</summary>
    /// <param name="prompts">Ids of each prompt, of any lengths; at least one prompt of at least one token.</param>
    /// <param name="options">The settings.</param>
    /// <param name="cancellationToken">Ends generation between two tokens, by an exception.</param>
    /// <returns>The responses, prompt after prompt.</returns>
    /// <exception cref="ArgumentException">There is no prompt, one is empty or too long, or an id is not in the vocabulary.</exception>
    public IReadOnlyList<GeneratedText> Generate(
        IReadOnlyList<IReadOnlyList<int>> prompts, TextGenerationOptions options, CancellationToken cancellationToken = default) =>
        [.. Stream(prompts, options, cancellationToken).Where(update => update.Final is not null).OrderBy(update => update.Row).Select(update => update.Final!)];

    /// <summary>Generates the responses to some prompts and gives their text as it comes.</summary>
    /// <remarks>Arguments are checked by the call; the model works while the sequence is read, from whatever thread. Leaving early frees all.</remarks>
    /// <inheritdoc cref="Generate"/>
    /// <returns>Updates, step after step; a row that has no more certain text than before is left out.</returns>
    public IEnumerable<TextUpdate> Stream(
        IReadOnlyList<IReadOnlyList<int>> prompts, TextGenerationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var tokens = options.StopsAtEndToken && tokenizer.EndId is { } end
            ? options.Tokens with { StopIds = [.. options.Tokens.StopIds, end] }
            : options.Tokens;
        var request = GenerationRequest.Checked(model, prompts, tokens);
        return Updates(request, options.StopTexts, cancellationToken);
    }

    private IEnumerable<TextUpdate> Updates(GenerationRequest request, IReadOnlyList<string> stopTexts, CancellationToken cancellationToken)
    {
        var texts = Enumerable.Range(0, request.Prompts.Count * request.Options.SamplesPerPrompt).Select(_ => new TextRow(tokenizer, stopTexts)).ToList();
        using var run = new GenerationRun(request);
        while (!run.IsFinished)
            foreach (var token in run.Step(cancellationToken))
            {
                var (more, isStopped) = texts[token.Row].Add(token);
                FinishReason? finish = isStopped ? FinishReason.StopText : token.Finish;
                if (finish is { } reason) yield return new TextUpdate(token.Row, more, new GeneratedText(run.End(token.Row, reason), texts[token.Row].Text));
                else if (more.Length > 0) yield return new TextUpdate(token.Row, more, null);
            }
    }
}
