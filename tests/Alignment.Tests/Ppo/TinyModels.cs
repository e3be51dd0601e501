using Alignment.Models;
using Alignment.Tests.RunLoop;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Tests.Ppo;

/// <summary>Policy, reference and value model of a <see cref="TinyRun"/>, and what disposes them.</summary>
internal sealed class TinyModels : IDisposable
{
    public TinyModels(bool hasValue, ScalarType type, RewardSource reward)
    {
        Policy = SmallPolicy.New(type);
        Start = Policy.Copy();
        if (hasValue)
        {
            using var copy = Policy.Copy();
            using var scored = DecoderRewardModel.FromLanguageModel(copy, seed: 3);
            Value = scored.ToValueModel();
        }
        All = OnPolicyModels.Apart(Policy, ReferencePolicy.Frozen(Start), reward, Value);
    }

    public DecoderModel Policy { get; }

    public DecoderModel Start { get; }

    public DecoderValueModel? Value { get; }

    public OnPolicyModels All { get; }

    public void Dispose()
    {
        Policy.Dispose();
        Start.Dispose();
        Value?.Dispose();
    }
}
