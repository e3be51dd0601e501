using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Benchmarks;

/// <summary>A reference whose numbers are given, as a cache gives them: as many nats a token as a model that knows nothing.</summary>
internal sealed class GivenReference : ReferencePolicy
{
    public const double NatsPerToken = -10.5;

    public override TokenLogProbs TokenLogProbs(TokenLayout layout) =>
        new(full(layout.ResponseTokenCount, NatsPerToken), layout.SequenceIds, layout.ResponseLengths);

    internal override string Identity => "given";

    internal override void RequireApartFrom(CausalLanguageModel policy) { }
}
