using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

public sealed class KlRewardShapingTests
{
    // Two responses of 2 and 3 tokens. d = log π - log ref = (0.5, -0.25 | 1, 0, 0.75); β = 0.2: penalties (-0.1, 0.05 | -0.2, 0, -0.15).
    private static readonly TokenSequences Two = TokenSequences.Of([2, 3]);
    private static readonly Tensor Policy = tensor(new[] { -1, -1.25, -0.5, -2, -0.25 });
    private static readonly Tensor Reference = tensor(new[] { -1.5, -1.0, -1.5, -2, -1.0 });
    private static readonly Tensor Scores = tensor(new[] { 4.0, -3 });

    [Fact]
    public void The_score_stands_at_the_last_token_of_each_response()
    {
        // 0.05 + 4 = 4.05; -0.15 - 3 = -3.15
        var rewards = new KlRewardShaping().Of(Two, Policy, Reference, Scores, 0.2);
        Near.Equal([-0.1, 4.05, -0.2, 0, -3.15], TensorAssert.Doubles(rewards.PerToken), 1e-15);
        Near.Equal([-0.1, 0.05, -0.2, 0, -0.15], TensorAssert.Doubles(rewards.KlPenalty), 1e-15);
        Near.Equal([0.5, -0.25, 1, 0, 0.75], TensorAssert.Doubles(rewards.Kl), 1e-15);
        Near.Equal([4, -3], TensorAssert.Doubles(rewards.Scores), 1e-15);
    }

    [Fact]
    public void Scores_are_clipped_and_then_pay_for_a_missing_end()
    {
        // clip at 2.5: (2.5, -2.5); the second has no end token: -2.5 - 1 = -3.5
        var shaping = new KlRewardShaping { ScoreClip = 2.5, MissingEndPenalty = 1 };
        Near.Equal([2.5, -3.5], TensorAssert.Doubles(shaping.Of(Two, Policy, Reference, Scores, 0.2, tensor(new[] { true, false })).Scores), 1e-15);
    }

    [Fact]
    public void A_missing_end_may_fix_the_score()
    {
        var shaping = new KlRewardShaping { MissingEndScore = -1 };
        var rewards = shaping.Of(Two, Policy, Reference, Scores, 0.2, tensor(new[] { false, true }));
        Near.Equal([-1, -3], TensorAssert.Doubles(rewards.Scores), 1e-15);
        Near.Equal([-0.1, -0.95, -0.2, 0, -3.15], TensorAssert.Doubles(rewards.PerToken), 1e-15);
    }

    [Fact]
    public void The_estimator_is_a_choice()
    {
        // k2 of d: (0.125, 0.03125, 0.5, 0, 0.28125)
        var rewards = new KlRewardShaping { Estimator = new KlK2() }.Of(Two, Policy, Reference, Scores, 1);
        Near.Equal([0.125, 0.03125, 0.5, 0, 0.28125], TensorAssert.Doubles(rewards.Kl), 1e-15);
    }

    [Fact]
    public void Rewards_carry_no_gradient()
    {
        var rewards = new KlRewardShaping().Of(Two, Policy.clone().requires_grad_(), Reference, Scores.clone().requires_grad_(), 0.2);
        Assert.All((Tensor[])[rewards.PerToken, rewards.KlPenalty, rewards.Kl, rewards.Scores, new RunningRewardNormalizer().Normalize(Scores.clone().requires_grad_())], value => Assert.False(value.requires_grad));
    }

    [Fact]
    public void Settings_and_inputs_are_checked()
    {
        Assert.Contains("ScoreClip must be a finite number greater than 0", Assert.Throws<ArgumentOutOfRangeException>(() => new KlRewardShaping { ScoreClip = 0 }).Message, StringComparison.Ordinal);
        Assert.Contains("MissingEndScore must be a finite number", Assert.Throws<ArgumentOutOfRangeException>(() => new KlRewardShaping { MissingEndScore = double.NaN }).Message, StringComparison.Ordinal);
        Assert.Contains("MissingEndPenalty must be a finite number, 0 or greater", Assert.Throws<ArgumentOutOfRangeException>(() => new KlRewardShaping { MissingEndPenalty = -1 }).Message, StringComparison.Ordinal);
        var shaping = new KlRewardShaping { MissingEndPenalty = 1 };
        Assert.Contains("ended must be given where MissingEndScore or MissingEndPenalty is set", Assert.Throws<ArgumentException>(() => shaping.Of(Two, Policy, Reference, Scores, 0.2)).Message, StringComparison.Ordinal);
        shaping = new KlRewardShaping();
        Assert.Contains("klCoefficient must be a finite number, 0 or greater", Assert.Throws<ArgumentOutOfRangeException>(() => shaping.Of(Two, Policy, Reference, Scores, -1)).Message, StringComparison.Ordinal);
        Assert.Contains("policy must be [M] with one number for each token, M = 5", Assert.Throws<ArgumentException>(() => shaping.Of(Two, zeros(4), Reference, Scores, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("reference must be [5] like policy", Assert.Throws<ArgumentException>(() => shaping.Of(Two, Policy, Scores, Scores, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("scores must be [S] with one number for each response, S = 2", Assert.Throws<ArgumentException>(() => shaping.Of(Two, Policy, Reference, Policy, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("scores must have the type and device of policy", Assert.Throws<ArgumentException>(() => shaping.Of(Two, Policy, Reference, zeros(2), 1)).Message, StringComparison.Ordinal);
        Assert.Contains("ended must be bool", Assert.Throws<ArgumentException>(() => shaping.Of(Two, Policy, Reference, Scores, 1, Scores)).Message, StringComparison.Ordinal);
    }
}
