using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.Law;

/// <summary>What losses tend to, by their formulas, where log-ratios are ±1e4: in float32, β = 0.1 and so rewards of ±1000.</summary>
public sealed class PairLossLimitsTests
{
    [Theory]
    [InlineData("DPO", 0, 1000)]
    [InlineData("cDPO", 100, 900)]              // 0.1 * 1000 and 0.9 * 1000
    [InlineData("robust", -125, 1125)]          // -0.1 * 1000 / 0.8 and 0.9 * 1000 / 0.8
    [InlineData("hinge", 0, 1001)]
    [InlineData("APO zero", 0.5, 1.5)]          // 1 - σ(±1000) + σ(0)
    [InlineData("APO down", 1, 1)]              // σ(±1000) + 1 - σ(±1000)
    [InlineData("EXO", 0.0010005003, 6.907755)] // -ln 0.999 and -ln 0.001
    [InlineData("NCA", 500.34657, 1000.34657)]  // ½ 1000 + ½ ln 2 and 1000 + ½ ln 2
    [InlineData("BCO", 0.6931472, 1000.6931)]
    [InlineData("DiscoPOP", 0, 1000)]
    [InlineData("SPPO", 99900050.0, 100100050.0)]   // (±1e4 - 5)² + 5²
    [InlineData("IPO summed", 99900025.0, 100100025.0)]
    public void A_chosen_response_far_from_the_reference(string name, double above, double below)
    {
        using var scope = NewDisposeScope();
        using var loss = EveryPairLoss.Make(name);
        var policy = new PairLogProbs(tensor(new[] { 1e4f, -1e4f }), zeros(2));
        var output = loss.call(policy, new PairLogProbs(zeros(2), zeros(2)));
        Near.Equal([above, below], TensorAssert.Doubles(output.PerPair), 1e-6);
        Near.Equal([1000, -1000], TensorAssert.Doubles(output.ChosenRewards), 1e-6);
    }

    [Fact]
    public void Swapped_log_odds_differ_by_themselves()
    {
        // -ln σ(z) + ln σ(-z) = -z, and hinge inside its margin: (1 - z) - (1 + z) = -2z
        using var scope = NewDisposeScope();
        using var dpo = new DpoLoss { Beta = 0.5 };
        using var hinge = new HingeLoss { Beta = 0.5 };
        var (one, zero, other) = (tensor(new[] { 0.75 }), zeros(1, ScalarType.Float64), tensor(new[] { -0.25 }));
        foreach (var (loss, factor) in new (PairLoss, double)[] { (dpo, 1), (hinge, 2) })
        {
            var plain = loss.call(new PairLogProbs(one, other), new PairLogProbs(zero, zero)).PerPair.item<double>();
            var swapped = loss.call(new PairLogProbs(other, one), new PairLogProbs(zero, zero)).PerPair.item<double>();
            Near.Equal(-factor * 0.5, plain - swapped, 1e-14);
        }
    }

    [Theory]
    [InlineData("DPO", 0.69314718)]
    [InlineData("robust", 0.69314718)]
    [InlineData("hinge", 1)]
    [InlineData("BCO", 1.38629436)]
    public void Beta_near_0_forgets_the_policy(string name, double expected)
    {
        using var scope = NewDisposeScope();
        using PairLoss loss = name switch
        {
            "DPO" => new DpoLoss { Beta = 1e-12 },
            "robust" => new RobustDpoLoss { Beta = 1e-12 },
            "hinge" => new HingeLoss { Beta = 1e-12 },
            _ => new BcoLoss { Beta = 1e-12 },
        };
        var policy = new PairLogProbs(tensor(new[] { -3.0, -50 }), tensor(new[] { -40.0, -1 }));
        var reference = new PairLogProbs(tensor(new[] { -9.0, -2 }), tensor(new[] { -7.0, -8 }));
        Near.Equal([expected, expected], TensorAssert.Doubles(loss.call(policy, reference).PerPair), 1e-8);
    }

    [Fact]
    public void An_alpha_near_1_tends_to_the_reverse_KL()
    {
        using var scope = NewDisposeScope();
        using var near = new DpoLoss { Divergence = new AlphaDivergence { Alpha = 1 - 1e-5 } };
        using var plain = new DpoLoss();
        var policy = new PairLogProbs(tensor(new[] { -3.0, -5 }), tensor(new[] { -4.0, -1 }));
        var reference = new PairLogProbs(tensor(new[] { -2.0, -2 }), tensor(new[] { -7.0, -8 }));
        TensorAssert.Near(plain.call(policy, reference).PerPair, near.call(policy, reference).PerPair, 1e-4);   // off by 1e-5 r² β
    }
}
