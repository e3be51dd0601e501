using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Tests.Law;

public sealed class AdvantageTests
{
    private static readonly int[] Lengths = [3, 1, 7, 2, 5];
    private static readonly TokenSequences Sequences = TokenSequences.Of(Lengths);
    private static readonly double[] Rewards = SeededNumbers.Of(Sequences.TokenCount, 21);
    private static readonly double[] Values = SeededNumbers.Of(Sequences.TokenCount, 22);

    [Theory]
    [InlineData(1.0, 0.95)]
    [InlineData(0.9, 0.8)]
    [InlineData(0.5, 1.0)]
    [InlineData(1.0, 1.0)]
    [InlineData(0.7, 0.0)]
    [InlineData(0.0, 0.5)]
    public void It_equals_the_double_sum(double gamma, double lambda)
    {
        // A_t = Σ_k (γλ)^k δ_(t+k) inside each response
        var estimate = Estimate(gamma, lambda);
        var expected = new List<double>();
        foreach (var (start, length) in Sequences.Offsets.Zip(Lengths))
            for (var t = 0; t < length; t++)
                expected.Add(Enumerable.Range(t, length - t).Sum(u => Math.Pow(gamma * lambda, u - t)
                    * (Rewards[start + u] + gamma * (u + 1 < length ? Values[start + u + 1] : 0) - Values[start + u])));
        Near.Equal(expected, TensorAssert.Doubles(estimate.Advantages), 1e-14);
        Near.Equal([.. expected.Zip(Values, (a, v) => a + v)], TensorAssert.Doubles(estimate.Returns), 1e-14);
    }

    [Fact]
    public void Lambda_1_gives_discounted_returns()
    {
        var expected = new List<double>();
        foreach (var (start, length) in Sequences.Offsets.Zip(Lengths))
            for (var t = 0; t < length; t++)
                expected.Add(Enumerable.Range(t, length - t).Sum(u => Math.Pow(0.9, u - t) * Rewards[start + u]));
        Near.Equal(expected, TensorAssert.Doubles(Estimate(0.9, 1).Returns), 1e-14);
    }

    [Fact]
    public void Lambda_0_gives_the_one_step_error()
    {
        var last = TensorAssert.Doubles(Sequences.LastTokens()).Select(i => (int)i).ToHashSet();
        var expected = Rewards.Select((r, i) => r + 0.9 * (last.Contains(i) ? 0 : Values[i + 1]) - Values[i]).ToArray();
        Near.Equal(expected, TensorAssert.Doubles(Estimate(0.9, 0).Advantages), 1e-15);
    }

    [Fact]
    public void Perfect_values_leave_no_advantage()
    {
        // V_t = what is still to come at γ = 1
        var values = TensorAssert.Doubles(Estimate(1, 1).Returns);
        var estimate = new GeneralizedAdvantageEstimation().Of(Sequences, tensor(Rewards), tensor(values));
        Assert.All(TensorAssert.Doubles(estimate.Advantages), a => Near.Equal(0, a, 1e-14));
    }

    [Fact]
    public void Permuting_responses_permutes_everything_and_each_is_as_if_alone()
    {
        int[] order = [4, 2, 0, 3, 1];
        var shuffled = TokenSequences.Of([.. order.Select(s => Lengths[s])]);
        int[] places = [.. order.SelectMany(s => Enumerable.Range(Sequences.Offsets[s], Lengths[s]))];
        double[] scores = [1, -2, 0.5, 3, -1];
        var (whole, mixed) = (All(Sequences, Rewards, Values, scores), All(shuffled, Taken(Rewards), Taken(Values), [.. order.Select(s => scores[s])]));
        for (var i = 0; i < whole.Length; i++) Near.Equal(Taken(whole[i]), mixed[i], 1e-15);
        for (var s = 0; s < Lengths.Length; s++)
        {
            var (start, length) = (Sequences.Offsets[s], Lengths[s]);
            var alone = All(TokenSequences.Of([length]), Rewards[start..(start + length)], Values[start..(start + length)], [scores[s]]);
            for (var i = 0; i < whole.Length; i++) Near.Equal(whole[i][start..(start + length)], alone[i], 1e-15);
        }

        double[] Taken(double[] values) => [.. places.Select(i => values[i])];
    }

    [Fact]
    public void Penalties_and_scores_add_up()
    {
        var rewards = new KlRewardShaping { Estimator = new KlK3() }.Of(Sequences, tensor(Rewards), tensor(Values), tensor(SeededNumbers.Of(5, 23)), 0.3);
        TensorAssert.Near(rewards.Scores - 0.3 * Sequences.Sums(rewards.Kl), Sequences.Sums(rewards.PerToken), 1e-14);
        TensorAssert.Near(-0.3 * rewards.Kl, rewards.KlPenalty, 0);
    }

    [Fact]
    public void A_policy_equal_to_its_reference_pays_nothing()
    {
        foreach (var estimator in (KlEstimator[])[new KlK1(), new KlK2(), new KlK3()])
        {
            var rewards = new KlRewardShaping { Estimator = estimator }.Of(Sequences, tensor(Rewards), tensor(Rewards), tensor(new[] { 1.0, 2, 3, 4, 5 }), 10);
            var expected = new double[Sequences.TokenCount];
            foreach (var (place, s) in TensorAssert.Doubles(Sequences.LastTokens()).Select((place, s) => ((int)place, s))) expected[place] = s + 1;
            Near.Equal(expected, TensorAssert.Doubles(rewards.PerToken), 0);
        }
    }

    // Shaped rewards, advantages and returns; the first two vectors serve as log-probabilities too.
    private static double[][] All(TokenSequences sequences, double[] rewards, double[] values, double[] scores)
    {
        var shaped = new KlRewardShaping().Of(sequences, tensor(rewards), tensor(values), tensor(scores), 0.2).PerToken;
        var estimate = new GeneralizedAdvantageEstimation { Gamma = 0.9 }.Of(sequences, shaped, tensor(values));
        return [TensorAssert.Doubles(shaped), TensorAssert.Doubles(estimate.Advantages), TensorAssert.Doubles(estimate.Returns)];
    }

    private static AdvantageEstimate Estimate(double gamma, double lambda) =>
        new GeneralizedAdvantageEstimation { Gamma = gamma, Lambda = lambda }.Of(Sequences, tensor(Rewards), tensor(Values));
}
