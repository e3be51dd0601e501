namespace Alignment.Training;

/// <summary>A reference whose numbers were computed before.</summary>
internal sealed class CachedReference(ReferenceLogProbs values) : ReferencePolicy
{
    public override TokenLogProbs TokenLogProbs(TokenLayout layout) => values.Of(layout);

    internal override string Identity => $"kept log-probabilities of a model with weights of SHA-256 {values.Model}";

    internal override bool ScoresNewText => false;

    // Numbers don't move with the policy.
    internal override void RequireApartFrom(CausalLanguageModel policy) { }
}
