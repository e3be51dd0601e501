using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.Law;

/// <summary>What holds for every loss on single responses.</summary>
public sealed class UnpairedLossTests
{
    private static readonly double[] Policy = [-3.1, -7.4, -0.2, -12.9, -5.5], Reference = [-2.7, -9.0, -1.1, -12.0, -5.4];
    private static readonly bool[] Desirable = [true, false, false, true, true];
    private static readonly double[] MismatchedPolicy = [-4.0, -8.5, -6.1], MismatchedReference = [-5.2, -8.0, -7.7];

    public static TheoryData<string> Losses => ["kto", "apo"];

    private static UnpairedLoss Loss(string name, double beta = 0.3) => name == "kto"
        ? new KtoLoss { Beta = beta, DesirableWeight = 1.25, UndesirableWeight = 0.75 }
        : new ApoZeroUnpairedLoss { Beta = beta, DesirableWeight = 1.25, UndesirableWeight = 0.75 };

    private static UnpairedLogProbs Input(Tensor policy) =>
        new(policy, tensor(Reference), tensor(Desirable), new MismatchedLogProbs(tensor(MismatchedPolicy), tensor(MismatchedReference)));

    [Theory]
    [MemberData(nameof(Losses))]
    public void Gradients_are_those_of_small_steps(string name)
    {
        using var loss = Loss(name);
        // A weight for each row, so that rows can't stand in for one another.
        CentralDifferences.Agree(policy => (loss.call(Input(policy)).PerExample * tensor(new[] { 1.0, -2, 3, 0.5, 4 })).sum(), Policy);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Permuting_a_batch_permutes_the_result(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = Loss(name);
        int[] order = [3, 0, 4, 2, 1];
        var straight = loss.call(Input(tensor(Policy)));
        var mismatched = new MismatchedLogProbs(tensor(MismatchedPolicy.Reverse().ToArray()), tensor(MismatchedReference.Reverse().ToArray()));
        var permuted = loss.call(new UnpairedLogProbs(
            tensor(order.Select(i => Policy[i]).ToArray()), tensor(order.Select(i => Reference[i]).ToArray()), tensor(order.Select(i => Desirable[i]).ToArray()), mismatched));
        var (losses, rewards) = (TensorAssert.Doubles(straight.PerExample), TensorAssert.Doubles(straight.Rewards));
        Near.Equal([.. order.Select(i => losses[i])], TensorAssert.Doubles(permuted.PerExample), 1e-15);
        Near.Equal([.. order.Select(i => rewards[i])], TensorAssert.Doubles(permuted.Rewards), 1e-15);
        TensorAssert.Near(straight.Kl, permuted.Kl, 1e-15);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_row_alone_costs_what_it_costs_in_company(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = Loss(name);
        var together = loss.call(Input(tensor(Policy)));
        for (var i = 0; i < Policy.Length; i++)
        {
            var alone = Input(tensor(Policy)) with { Policy = tensor(new[] { Policy[i] }), Reference = tensor(new[] { Reference[i] }), Desirable = tensor(new[] { Desirable[i] }) };
            Near.Equal(TensorAssert.Doubles(together.PerExample)[i], loss.call(alone).PerExample.item<double>(), 1e-15);
        }
    }

    [Fact]
    public void KTO_without_a_gap_in_KL_is_APO_zero()
    {
        using var scope = NewDisposeScope();
        using var kto = Loss("kto");
        using var apo = Loss("apo");
        var input = Input(tensor(Policy)) with { Mismatched = new MismatchedLogProbs(tensor(MismatchedReference), tensor(MismatchedReference)) };
        TensorAssert.Near(apo.call(input).PerExample, kto.call(input).PerExample, 1e-15);
    }

    [Theory]
    [InlineData("kto", ScalarType.Float32)]
    [InlineData("apo", ScalarType.Float32)]
    [InlineData("kto", ScalarType.Float64)]
    [InlineData("apo", ScalarType.Float64)]
    public void Huge_log_ratios_reach_their_limits(string name, ScalarType type)
    {
        // Log-ratio ±1e4, β 0.3: a desirable response costs 0 above and its weight 1.25 below; an undesirable one 0.75 above and 0 below.
        using var scope = NewDisposeScope();
        using var loss = Loss(name);
        var policy = tensor(new[] { -1e4, -3e4, -1e4, -3e4 }).to(type).requires_grad_();
        var output = loss.call(new UnpairedLogProbs(policy, full(4, -2e4, dtype: type), tensor(new[] { true, true, false, false }), new MismatchedLogProbs(full(1, -5, dtype: type), full(1, -7, dtype: type))));
        output.PerExample.sum().backward();
        Assert.Equal([0, 1.25, 0.75, 0], TensorAssert.Doubles(output.PerExample));
        Assert.Equal([0, 0, 0, 0], TensorAssert.Doubles(policy.grad!).Select(Math.Abs));
        Near.Equal([3e3, -3e3, 3e3, -3e3], TensorAssert.Doubles(output.Rewards), 1e-7);
    }

    [Theory]
    [InlineData(1e4, 1.25, 0)]
    [InlineData(-1e4, 0.625, 0.375)]
    public void A_huge_KL_reaches_its_limit_and_a_hugely_negative_one_counts_as_0(double gap, double desirable, double undesirable)
    {
        using var scope = NewDisposeScope();
        using var loss = Loss("kto");
        var output = loss.call(new UnpairedLogProbs(zeros(2), zeros(2), tensor(new[] { true, false }), new MismatchedLogProbs(full(1, gap, dtype: ScalarType.Float32), zeros(1))));
        Near.Equal([desirable, undesirable], TensorAssert.Doubles(output.PerExample), 1e-7);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Small_losses_and_slopes_keep_their_digits_in_float32(string name)
    {
        // Log-ratios ±80, β 0.3: 1 - σ(24) = e^-24 is 0 when subtracted in float32, and so is the slope σ(24) (1 - σ(24)) at either end.
        using var scope = NewDisposeScope();
        using var loss = Loss(name);
        var policy = tensor(new[] { 80f, -80f }).requires_grad_();
        var output = loss.call(new UnpairedLogProbs(policy, zeros(2), tensor(new[] { true, true }), new MismatchedLogProbs(zeros(1), zeros(1))));
        output.PerExample.sum().backward();
        var (small, slopes) = (Math.Exp(-24), TensorAssert.Doubles(policy.grad!));
        Assert.Equal(1, TensorAssert.Doubles(output.PerExample)[0] / (1.25 * small), 1e-5);
        Near.Equal([1, 1], [.. slopes.Select(slope => slope / (-0.3 * 1.25 * small))], 1e-5);
    }
}
