using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>A reference with weights of its own.</summary>
internal sealed class FrozenReference : ReferencePolicy
{
    private readonly CausalLanguageModel _model;

    public FrozenReference(CausalLanguageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        foreach (var parameter in model.parameters()) parameter.requires_grad_(false);
        model.eval();
    }

    public override TokenLogProbs TokenLogProbs(TokenLayout layout) => TokenLogProbs(layout, 1);

    internal override TokenLogProbs TokenLogProbs(TokenLayout layout, double temperature)
    {
        using var noGrad = no_grad();
        return _model.TokenLogProbs(layout, temperature);
    }

    internal override CausalLanguageModel Model => _model;

    internal override string Identity => $"a frozen model with weights of SHA-256 {ModelFingerprint.Of(_model)}";

    internal override ReferenceSync Following(CausalLanguageModel policy, ReferenceSyncOptions options) => new(policy, _model, options);

    internal override void RequireApartFrom(CausalLanguageModel policy)
    {
        if (ReferenceEquals(_model, policy))
            throw new ArgumentException("The reference must be another model than the policy: the policy is trained, and a reference that moves along holds nothing back.");
    }
}
