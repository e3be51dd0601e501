using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>A reward model on the policy's own decoder, which computes with an adapter of its own while it scores.</summary>
internal sealed class AdapterRewardModel : RewardModel
{
    private readonly RewardModel _inner;
    private readonly CausalLanguageModel _base;
    private readonly string _adapter;

    public AdapterRewardModel(RewardModel inner, CausalLanguageModel @base, string adapter) : base($"{nameof(AdapterRewardModel)} '{adapter}'")
    {
        (_inner, _base, _adapter) = (inner, @base, adapter);
        using var known = @base.WithAdapter(adapter);   // throws where there is no such adapter
        register_module("model", inner);
    }

    /// <summary>Of its adapter alone: the policy's, on the same base, moves.</summary>
    public string Fingerprint => ModelFingerprint.Of(_inner.named_parameters().Where(entry => SharedParts.Has(entry.name, _adapter)).Select(entry => (entry.name, (Tensor)entry.parameter)));

    public override Device Device => _inner.Device;

    /// <summary>None: scores are given, not learnt.</summary>
    public override IEnumerable<(string name, TorchSharp.Modules.Parameter parameter)> TrainedParameters => [];

    public override Tensor Scores(TokenLayout layout)
    {
        using var switched = _base.WithAdapter(_adapter);
        return _inner.Scores(layout);
    }

    protected override void RegisterComponents() { }
}
