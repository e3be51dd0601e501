namespace Alignment.Generation;

/// <summary>A response to a prompt.</summary>
/// <param name="Prompt">Index of the prompt.</param>
/// <param name="Sample">Number among the samples of the prompt, from 0.</param>
/// <param name="Ids">Its tokens, with the one that ended it; at least one.</param>
/// <param name="Finish">Why it ended.</param>
/// <param name="LogProbs">
/// Nats of each token under the model, at temperature 1 and with nothing left out: what <see cref="CausalLanguageModel.TokenLogProbs"/> gives.
/// </param>
/// <param name="SamplingLogProbs">
/// Nats of each token under the distribution it was drawn from, after repetition penalty, temperature and filters; 0 where the most likely token is taken.
/// With a temperature alone, what scoring at that temperature gives.
/// </param>
public sealed record GeneratedResponse(
    int Prompt, int Sample, IReadOnlyList<int> Ids, FinishReason Finish, IReadOnlyList<float> LogProbs, IReadOnlyList<float> SamplingLogProbs)
{
    /// <summary>For each token the <see cref="GenerationOptions.TopLogProbs"/> most likely ones of its place, the most likely first.</summary>
    /// <value>Empty where none were asked for.</value>
    public IReadOnlyList<IReadOnlyList<LikelyToken>> Likely { get; init; } = [];
}
