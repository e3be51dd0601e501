using System.Text.Json.Nodes;
using Alignment.Rl;

namespace Alignment.Training;

/// <summary>What a run on its own responses learns beside weights: what a nat costs, the scale of scores, and what the watch has seen.</summary>
internal sealed class OnPolicyState(KlOptions kl, RewardWatchOptions watch) : IMethodState
{
    private readonly KlController _controller = kl.NewController();

    public RunningRewardNormalizer Normalizer { get; } = new();

    public RewardWatch Watch { get; } = new(watch);

    /// <summary>β, raised where the watch said so.</summary>
    public double KlCoefficient => _controller.Coefficient * Raised;

    private double Raised { get; set; } = 1;

    public void Update(double kl, int responses) => _controller.Update(kl, responses);

    public void RaiseKl(double factor) => Raised *= factor;

    public JsonObject ToJson() => new()
    {
        ["klCoefficient"] = CheckpointState.Number(_controller.State.Coefficient),
        ["klRaised"] = CheckpointState.Number(Raised),
        ["scoreCount"] = Normalizer.State.Count,
        ["scoreMean"] = CheckpointState.Number(Normalizer.State.Mean),
        ["scoreSquares"] = CheckpointState.Number(Normalizer.State.SumOfSquares),
        ["watch"] = Watch.ToJson(),
    };

    public void Read(JsonObject json)
    {
        _controller.Restore(new KlControllerState(CheckpointState.Number(json["klCoefficient"])));
        Raised = CheckpointState.Number(json["klRaised"]);
        Normalizer.Restore(new RewardNormalizerState((long)json["scoreCount"]!, CheckpointState.Number(json["scoreMean"]), CheckpointState.Number(json["scoreSquares"])));
        Watch.Read(json["watch"]!.AsObject());
    }
}
