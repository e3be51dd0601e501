using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Benchmarks;

/// <summary>A reference whose numbers are given, as a cache gives them: as many nats a token as a model that knows nothing.</summary>
internal sealed class GivenReference(IReadOnlyList<TokenizedPair> pairs) : ReferencePolicy
{
    public const double NatsPerToken = -10.5;

    public override PairLogProbs PairLogProbs(TokenLayout layout, Func<TokenLogProbs, PairLogProbs>? pairing = null) => new(
        tensor(pairs.Select(pair => (float)(NatsPerToken * pair.Chosen.Count)).ToArray()),
        tensor(pairs.Select(pair => (float)(NatsPerToken * pair.Rejected.Count)).ToArray()));

    internal override void RequireApartFrom(CausalLanguageModel policy) { }
}
