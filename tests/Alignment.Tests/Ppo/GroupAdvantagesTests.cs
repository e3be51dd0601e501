using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Tests.Ppo;

public sealed class GroupAdvantagesTests
{
    [Fact]
    public void Leave_one_out_computed_by_hand()
    {
        using var scope = NewDisposeScope();
        // Group 1, 2, 6: others' means 4, 3.5, 1.5. Group 0, 0, 3: 1.5, 1.5, 0.
        Near.Equal([-3, -1.5, 4.5, -1.5, -1.5, 3], TensorAssert.Doubles(GroupAdvantages.LeaveOneOut(tensor(new double[] { 1, 2, 6, 0, 0, 3 }), 3)), 1e-15);
        // K = 2: the difference, both ways.
        Near.Equal([-4, 4], TensorAssert.Doubles(GroupAdvantages.LeaveOneOut(tensor(new double[] { 1, 5 }), 2)), 1e-15);
    }

    [Fact]
    public void Normalized_computed_by_hand()
    {
        using var scope = NewDisposeScope();
        // Group 1, 2, 6: mean 3, squares 4 + 1 + 9 = 14, deviation √7 = 2.6457513. Equal scores: 0.
        const double spread = 2.6457513110645907 + 1e-4;
        Near.Equal([-2 / spread, -1 / spread, 3 / spread, 0, 0, 0], TensorAssert.Doubles(GroupAdvantages.Normalized(tensor(new double[] { 1, 2, 6, 5, 5, 5 }), 3)), 1e-14);
        Near.Equal([-2, -1, 3], TensorAssert.Doubles(GroupAdvantages.Normalized(tensor(new double[] { 1, 2, 6 }), 3, scales: false)), 1e-15);
    }

    [Fact]
    public void A_number_that_all_responses_share_changes_nothing_and_each_group_sums_to_0()
    {
        using var scope = NewDisposeScope();
        var rewards = tensor(Law.SeededNumbers.Of(12, seed: 5));
        foreach (var advantages in (Func<Tensor, Tensor>[])[r => GroupAdvantages.LeaveOneOut(r, 4), r => GroupAdvantages.Normalized(r, 4)])
        {
            TensorAssert.Near(advantages(rewards), advantages(rewards + 3.5), 1e-12);
            TensorAssert.Near(zeros(3, dtype: ScalarType.Float64), advantages(rewards).reshape(3, 4).sum(1), 1e-12);
        }
        // Leave-one-out is K / (K - 1) times the distance from the mean.
        TensorAssert.Near(GroupAdvantages.Normalized(rewards, 4, scales: false) * 4 / 3, GroupAdvantages.LeaveOneOut(rewards, 4), 1e-12);
    }

    [Fact]
    public void Groups_must_be_whole_and_have_two_responses()
    {
        using var scope = NewDisposeScope();
        Assert.StartsWith("rewards must be [S] with S a multiple of 3 samples; got ", Assert.Throws<ArgumentException>(() => GroupAdvantages.LeaveOneOut(ones(4), 3)).Message, StringComparison.Ordinal);
        Assert.StartsWith("samples must be at least 2.", Assert.Throws<ArgumentOutOfRangeException>(() => GroupAdvantages.Normalized(ones(4), 1)).Message, StringComparison.Ordinal);
    }
}
