using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Policy and value model as one to the loop, which knows one: both are trained, saved, counted and set to a mode together.</summary>
/// <remarks>Never disposed: its parts are the caller's.</remarks>
internal sealed class JointModel : TokenModel
{
    private readonly CausalLanguageModel _policy;
    private readonly ValueModel? _value;

    private JointModel(CausalLanguageModel policy, ValueModel? value) : base(nameof(JointModel))
    {
        (_policy, _value) = (policy, value);
        register_module("policy", policy);
        if (value is not null) register_module("value", value);
    }

    /// <summary>What of some models is trained.</summary>
    public static JointModel Of(OnPolicyModels models) => new(models.Policy, models.Value);

    public override Device Device => _policy.Device;

    public override IEnumerable<(string name, TorchSharp.Modules.Parameter parameter)> TrainedParameters =>
        Named("policy", _policy).Concat(_value is null ? [] : Named("value", _value)).DistinctBy(entry => entry.parameter.Handle);

    public override bool GradientCheckpointing
    {
        get => _policy.GradientCheckpointing;
        set
        {
            _policy.GradientCheckpointing = value;
            if (_value is not null) _value.GradientCheckpointing = value;
        }
    }

    /// <summary>That of the policy. Nothing is dropped while a rollout is made or learnt from, so no other moves.</summary>
    public override ulong RandomState { get => _policy.RandomState; set => _policy.RandomState = value; }

    /// <summary>The larger of the two: they go forward and backward one after the other.</summary>
    public override long? ActivationBytes(TokenLayout layout) => _policy.ActivationBytes(layout) is long policy ? Math.Max(policy, _value?.ActivationBytes(layout) ?? 0) : null;

    public override IReadOnlyList<(string Layer, double Largest)> LargestActivations(TokenLayout layout) => _policy.LargestActivations(layout);

    protected override void RegisterComponents() { }

    private static IEnumerable<(string name, TorchSharp.Modules.Parameter parameter)> Named(string part, TokenModel model) =>
        model.TrainedParameters.Select(entry => ($"{part}.{entry.name}", entry.parameter));
}
