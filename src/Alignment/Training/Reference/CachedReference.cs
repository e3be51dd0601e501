namespace Alignment.Training;

/// <summary>A reference whose numbers were computed before.</summary>
internal sealed class CachedReference(ReferenceLogProbs values) : ReferencePolicy
{
    public override TokenLogProbs TokenLogProbs(TokenLayout layout) => values.Of(layout);

    // Numbers don't move with the policy.
    internal override void RequireApartFrom(CausalLanguageModel policy) { }
}
