using Alignment.Models;
using Alignment.Tests.RunLoop;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Tests.Ppo;

/// <summary>A decoder of a few thousand numbers, prompts, and a reward that can be counted: how often a response says 7.</summary>
internal static class TinyRun
{
    public const int End = 2, Wanted = 7;

    public static readonly TokenizedPrompt[] Prompts = [.. Enumerable.Range(0, 12).Select(i => new TokenizedPrompt([3 + i, 4, 5 + i % 3]) { Id = $"p{i}" })];

    public static readonly RewardSource Count = RewardSource.Of(response => response.Ids.Count(id => id == Wanted));

    public static RolloutOptions Rollout(int samples = 1, double temperature = 1) =>
        new() { MaxNewTokens = 8, StopIds = [End], SamplesPerPrompt = samples, Temperature = temperature };

    /// <summary>The parts, each a model of its own, and what disposes them.</summary>
    public static TinyModels Models(bool hasValue = true, ScalarType type = ScalarType.Float32, RewardSource? reward = null) => new(hasValue, type, reward ?? Count);
}
