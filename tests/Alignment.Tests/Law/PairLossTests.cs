using Alignment.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests.Law;

/// <summary>What holds for every pair loss.</summary>
public sealed class PairLossTests
{
    private const int Pairs = 6;

    public static TheoryData<string> Names => EveryPairLoss.Names;

    [Fact]
    public void Every_pair_loss_is_tested()
    {
        var losses = typeof(PairLoss).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PairLoss)) && !type.IsAbstract);
        Assert.Equal(losses.Select(type => type.Name).Order(StringComparer.Ordinal), EveryPairLoss.Types.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_match_finite_differences(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = EveryPairLoss.Make(name);
        var (values, reference) = (Random(seed: 1), Random(seed: 2));
        var policy = Batch(values);
        policy.Chosen.requires_grad_();
        policy.Rejected.requires_grad_();
        var weights = tensor(new[] { 0.3, -1.1, 0.7, 2.0, -0.4, 0.9 });   // so that errors of pairs do not add up to 0
        (loss.call(policy, Batch(reference)).PerPair * weights).sum().backward();
        var gradients = TensorAssert.Doubles(policy.Chosen.grad!).Concat(policy.Rejected.grad is { } grad ? TensorAssert.Doubles(grad) : new double[Pairs]).ToArray();
        const double Step = 1e-5;
        for (var i = 0; i < 2 * Pairs; i++)
        {
            double At(double shift)
            {
                var moved = (double[])values.Clone();
                moved[i] += shift;
                return (loss.call(Batch(moved), Batch(reference)).PerPair * weights).sum().item<double>();
            }

            // Rounding of a loss of 100 over a step of 1e-5 leaves 1e-8.
            Near.Equal((At(Step) - At(-Step)) / (2 * Step), gradients[i], 1e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_gradients_are_finite_at_extreme_log_ratios(string name)
    {
        using var loss = EveryPairLoss.Make(name);
        double[] ends = [-1e4, -88.7, -1, -1e-6, 0, 1e-6, 1, 88.7, 1e4];
        var cases = ends.SelectMany(chosen => ends.Select(rejected => (chosen, rejected))).ToArray();
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            using var scope = NewDisposeScope();
            // A policy below 0 for losses that read it without reference: -2e4 to 0.
            var policy = new PairLogProbs(
                tensor(cases.Select(c => Math.Min(0, c.chosen) * 2).ToArray()).to(type).requires_grad_(), tensor(cases.Select(c => Math.Min(0, c.rejected) * 2).ToArray()).to(type).requires_grad_())
            {
                ChosenLengths = ones(cases.Length, dtype: type),
                RejectedLengths = ones(cases.Length, dtype: type),
            };
            var reference = new PairLogProbs(
                policy.Chosen.detach() - tensor(cases.Select(c => c.chosen).ToArray()).to(type), policy.Rejected.detach() - tensor(cases.Select(c => c.rejected).ToArray()).to(type));
            var output = loss.call(policy, reference);
            output.PerPair.mean().backward();
            Finite(output.PerPair);
            Finite(output.PerPair.mean());
            Finite(output.ChosenRewards);
            Finite(output.RejectedRewards);
            Finite(policy.Chosen.grad!);
            if (policy.Rejected.grad is { } grad) Finite(grad);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_permuted_batch_gives_permuted_results(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = EveryPairLoss.Make(name);
        int[] order = [3, 0, 5, 1, 4, 2];
        var (policy, reference) = (Random(seed: 3), Random(seed: 4));
        var plain = loss.call(Batch(policy), Batch(reference));
        var permuted = loss.call(Batch(Permuted(policy, order), order), Batch(Permuted(reference, order), order));
        foreach (var (before, after) in new[] { (plain.PerPair, permuted.PerPair), (plain.ChosenRewards, permuted.ChosenRewards), (plain.RejectedRewards, permuted.RejectedRewards) })
            Near.Equal(order.Select(i => TensorAssert.Doubles(before)[i]).ToArray(), TensorAssert.Doubles(after), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Swapping_the_responses_swaps_the_rewards(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = EveryPairLoss.Make(name);
        var (policy, reference) = (Batch(Random(seed: 5)), Batch(Random(seed: 6)));
        var (plain, swapped) = (loss.call(policy, reference), loss.call(Swapped(policy), Swapped(reference)));
        TensorAssert.Near(plain.ChosenRewards, swapped.RejectedRewards, 0);
        TensorAssert.Near(plain.RejectedRewards, swapped.ChosenRewards, 0);
        Assert.False(plain.ChosenRewards.requires_grad);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_the_three_results_outlive_a_call(string name)
    {
        using var loss = EveryPairLoss.Make(name);
        using var scope = NewDisposeScope();
        var (policy, reference) = (Batch(Random(seed: 7)), Batch(Random(seed: 8)));
        var before = scope.DisposablesCount;
        var output = loss.call(policy, reference);
        Assert.Equal(before + 3, scope.DisposablesCount);
        Assert.Equal([Pairs], output.PerPair.shape);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Losses_without_reference_never_look_at_one(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = EveryPairLoss.Make(name);
        var policy = Batch(Random(seed: 9));
        if (loss.NeedsReference) Assert.Equal("reference", Assert.Throws<ArgumentNullException>(() => loss.call(policy, null!)).ParamName);
        else Assert.Equal([Pairs], loss.call(policy, null!).PerPair.shape);
    }

    [Theory]
    [InlineData("IPO per token", "IpoLoss")]
    [InlineData("SimPO", "SimPoLoss")]
    [InlineData("ORPO", "OrpoLoss")]
    [InlineData("DPO per token", "LengthNormalizedDpoLoss")]
    [InlineData("NLL", "ChosenNllLoss")]
    [InlineData("RPO", "ChosenNllLoss")]
    public void Missing_lengths_are_named(string name, string loss)
    {
        using var scope = NewDisposeScope();
        using var module = EveryPairLoss.Make(name);
        var pairs = new PairLogProbs(zeros(2), zeros(2));
        Assert.StartsWith($"{loss} divides by the number of response tokens: policy.ChosenLengths must be [2]; got null.",
            Assert.Throws<ArgumentException>(() => module.call(pairs, pairs)).Message, StringComparison.Ordinal);
        Assert.StartsWith("policy.RejectedLengths must be [2] like policy.Chosen",
            Assert.Throws<ArgumentException>(() => module.call(pairs with { ChosenLengths = ones(2), RejectedLengths = ones(3) }, pairs)).Message, StringComparison.Ordinal);
        Assert.StartsWith("policy.ChosenLengths must have the type and device",
            Assert.Throws<ArgumentException>(() => module.call(pairs with { ChosenLengths = ones(2, ScalarType.Int64) }, pairs)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DPO", 0.69314718055994531)]               // ln 2
    [InlineData("cDPO", 0.69314718055994531)]
    [InlineData("robust", 0.69314718055994531)]
    [InlineData("DPO, forward KL", 0.69314718055994531)]
    [InlineData("DPO per token", 0.69314718055994531)]
    [InlineData("AOT", 0.69314718055994531)]
    [InlineData("IPO per token", 25.0)]                    // (1 / 0.2)²
    [InlineData("IPO summed", 25.0)]
    [InlineData("hinge", 1.0)]
    [InlineData("APO zero", 1.0)]                          // ½ + ½
    [InlineData("APO down", 1.0)]
    [InlineData("NCA", 1.3862943611198906)]                // 2 ln 2
    [InlineData("BCO", 1.3862943611198906)]
    [InlineData("SPPO", 50.0)]                             // 2 (1 / 0.2)²
    [InlineData("DiscoPOP", 0.84657359027997266)]          // ½ ln 2 + ½
    [InlineData("EXO", 2.761230709097915)]                 // ½ ln(½ / 0.999) + ½ ln(½ / 0.001)
    public void A_policy_equal_to_its_reference_costs_a_known_number(string name, double expected)
    {
        using var scope = NewDisposeScope();
        using var loss = EveryPairLoss.Make(name);
        var pairs = Batch(Random(seed: 10));
        var output = loss.call(pairs, pairs);
        Near.Equal(Enumerable.Repeat(expected, Pairs).ToArray(), TensorAssert.Doubles(output.PerPair), 1e-12);
        Near.Equal(new double[Pairs], TensorAssert.Doubles(output.ChosenRewards), 0);
    }

    private static void Finite(Tensor values) => Assert.All(TensorAssert.Doubles(values), value => Assert.True(double.IsFinite(value)));

    // The first half are chosen responses, the second rejected ones.
    private static double[] Random(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 2 * Pairs).Select(_ => -6 * random.NextDouble() - 0.1)];
    }

    private static double[] Permuted(double[] values, int[] order) => [.. order.Select(i => values[i]), .. order.Select(i => values[Pairs + i])];

    private static PairLogProbs Swapped(PairLogProbs pairs) =>
        new(pairs.Rejected, pairs.Chosen) { ChosenLengths = pairs.RejectedLengths, RejectedLengths = pairs.ChosenLengths };

    private static PairLogProbs Batch(double[] values, int[]? order = null)
    {
        order ??= [0, 1, 2, 3, 4, 5];
        return new PairLogProbs(tensor(values[..Pairs]), tensor(values[Pairs..]))
        {
            ChosenLengths = tensor(order.Select(i => i + 1.0).ToArray()),
            RejectedLengths = tensor(order.Select(i => 7.0 - i).ToArray()),
        };
    }
}
