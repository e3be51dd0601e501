using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>A reference whose numbers were computed before.</summary>
internal sealed class CachedReference(ReferenceLogProbs values) : ReferencePolicy
{
    private ScalarType _type = ScalarType.Float32;

    public override TokenLogProbs TokenLogProbs(TokenLayout layout) => values.Of(layout, _type);

    internal override string Identity => $"kept log-probabilities of a model with weights of SHA-256 {values.Model}";

    internal override long Bytes => values.Bytes;

    internal override bool ScoresNewText => false;

    // Numbers don't move with the policy; losses want them in the type of the policy's own.
    internal override void RequireApartFrom(CausalLanguageModel policy) =>
        _type = policy.OutputWeight.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
}
