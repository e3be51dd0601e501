using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>A reference that is the policy's own model, computing without adapters or with another one.</summary>
internal sealed class AdapterReference : ReferencePolicy
{
    private readonly CausalLanguageModel _model;
    private readonly string? _adapter;

    public AdapterReference(CausalLanguageModel model, string? adapter)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, _adapter) = (model, adapter);
        RequireApartFrom(model);
        using var known = Switched();   // throws where there is no such adapter
    }

    public override TokenLogProbs TokenLogProbs(TokenLayout layout) => TokenLogProbs(layout, 1);

    internal override TokenLogProbs TokenLogProbs(TokenLayout layout, double temperature)
    {
        using var noGrad = no_grad();
        using var switched = Switched();
        return _model.TokenLogProbs(layout, temperature);
    }

    internal override string Identity => _adapter is null ? "the policy without adapters" : $"the policy with adapter '{_adapter}'";

    internal override void RequireApartFrom(CausalLanguageModel policy)
    {
        if (!ReferenceEquals(_model, policy) || policy.ActiveAdapter != _adapter) return;
        throw new ArgumentException(_adapter is null
            ? "The policy must have an active adapter, without which its base is the policy itself. Add or activate one, or use a frozen copy."
            : $"The reference must be another adapter than the one that is trained; '{_adapter}' is active.");
    }

    private IDisposable Switched() => _adapter is null ? _model.WithoutAdapters() : _model.WithAdapter(_adapter);
}
