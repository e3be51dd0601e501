using Alignment.Training;

namespace Alignment.Benchmarks;

/// <summary>A reference whose numbers were kept: as many nats a token as a model that knows nothing.</summary>
internal static class GivenReference
{
    public const float NatsPerToken = -10.5f;

    public static ReferencePolicy Of(IEnumerable<TokenizedPair> pairs) => ReferencePolicy.Cached(new ReferenceLogProbs("constant", "", pairs
        .SelectMany(pair => new[] { (pair.Prompt, Response: pair.Chosen), (pair.Prompt, Response: pair.Rejected) })
        .DistinctBy(sequence => SequenceKey.Of(sequence.Prompt, sequence.Response))
        .Select(sequence => KeyValuePair.Create(SequenceKey.Of(sequence.Prompt, sequence.Response), Enumerable.Repeat(NatsPerToken, sequence.Response.Count).ToArray()))));
}
