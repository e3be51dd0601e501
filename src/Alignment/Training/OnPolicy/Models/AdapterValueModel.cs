using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>A value model on the policy's own decoder, which computes with an adapter of its own, and trains that one alone.</summary>
internal sealed class AdapterValueModel : ValueModel
{
    private readonly ValueModel _inner;
    private readonly CausalLanguageModel _base;
    private readonly string _adapter;

    public AdapterValueModel(ValueModel inner, CausalLanguageModel @base, string adapter) : base($"{nameof(AdapterValueModel)} '{adapter}'")
    {
        (_inner, _base, _adapter) = (inner, @base, adapter);
        using var known = @base.WithAdapter(adapter);   // throws where there is no such adapter
        register_module("model", inner);
    }

    public override Device Device => _inner.Device;

    public override IEnumerable<(string name, TorchSharp.Modules.Parameter parameter)> TrainedParameters
    {
        get
        {
            using var switched = _base.WithAdapter(_adapter);
            return [.. _inner.TrainedParameters];
        }
    }

    public override bool GradientCheckpointing { get => _inner.GradientCheckpointing; set => _inner.GradientCheckpointing = value; }

    public override long? ActivationBytes(TokenLayout layout)
    {
        using var switched = _base.WithAdapter(_adapter);
        return _inner.ActivationBytes(layout);
    }

    public override Tensor Values(TokenLayout layout)
    {
        using var switched = _base.WithAdapter(_adapter);
        return _inner.Values(layout);
    }

    protected override void RegisterComponents() { }
}
