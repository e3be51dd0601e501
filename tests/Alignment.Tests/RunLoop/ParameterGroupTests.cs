using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Tests.RunLoop;

/// <summary>Weights with a learning rate and a decay of their own.</summary>
public sealed class ParameterGroupTests
{
    private const double Rate = 1e-3, Tiny = 1e-30;   // AdamW's first step is the rate times the sign of the gradient, but for ε

    [Fact]
    public void The_first_group_that_fits_counts()
    {
        var moved = Moved(new OptimizerOptions
        {
            LearningRate = Rate,
            Epsilon = Tiny,
            Schedule = LearningRateSchedule.Constant,
            Groups =
            [
                new ParameterGroup { Names = "lm_head.*", LearningRate = 5e-3 },
                new ParameterGroup { Names = "*norm.weight", LearningRate = 2e-3 },
                new ParameterGroup { Names = "*.input_layernorm.weight" },
            ],
        }, refused: "*.input_layernorm.weight");
        Assert.Null(moved);   // the second group has taken all of the third

        moved = Moved(new OptimizerOptions
        {
            LearningRate = Rate,
            Epsilon = Tiny,
            Schedule = LearningRateSchedule.Constant,
            Groups = [new ParameterGroup { Names = "lm_head.*", LearningRate = 5e-3 }, new ParameterGroup { Names = "*norm.weight", LearningRate = 2e-3 }],
        });
        Assert.Equal([5e-3], Steps(moved!["lm_head.weight"]));
        Assert.Equal([2e-3], Steps(moved["model.norm.weight"]));
        Assert.Equal([2e-3], Steps(moved["model.layers.0.input_layernorm.weight"]));
        Assert.Equal([Rate], Steps(moved["model.layers.0.mlp.up_proj.weight"]));
    }

    [Fact]
    public void The_rate_of_a_group_goes_with_the_schedule()
    {
        // Linear to 0 over two steps: the whole rate, then half of it. With a gradient that changes little, both steps go the same way.
        using var model = SmallPolicy.New();
        var options = new OptimizerOptions { LearningRate = Rate, WarmupSteps = 1, Groups = [new ParameterGroup { Names = "lm_head.weight", LearningRate = 4e-3 }] };
        using var optimizer = new ModelOptimizer(model, options, 1, totalSteps: 3);
        var rates = new List<double>();
        for (var step = 0; step < 3; step++)
        {
            using var scope = NewDisposeScope();
            using var layout = TokenLayout.Of(SmallPolicy.Pairs);
            var before = model.OutputWeight.clone();
            ModelOptimizer.Accumulate(-model.TokenLogProbs(layout).Values.mean());
            rates.Add(optimizer.Apply().LearningRate);
            var farthest = (model.OutputWeight - before).abs().max().item<double>();
            Assert.InRange(farthest, 0, 4 * rates[^1] * 1.01);
            Assert.Equal(rates[^1] > 0, farthest > 2 * rates[^1]);
        }
        Assert.Equal([0, Rate, Rate / 2], rates);
    }

    [Fact]
    public void The_decay_of_a_group_is_its_own_and_spares_norms()
    {
        var groups = new OptimizerOptions
        {
            LearningRate = Rate,
            WeightDecay = 0.5,
            Schedule = LearningRateSchedule.Constant,
            Groups = [new ParameterGroup { Names = "lm_head.*", WeightDecay = 0 }, new ParameterGroup { Names = "*norm.weight", WeightDecay = 100 }],
        };
        var (with, without) = (After(groups), After(groups with { WeightDecay = 0, Groups = [] }));
        Assert.Equal(without["lm_head.weight"], with["lm_head.weight"]);
        Assert.Equal(without["model.norm.weight"], with["model.norm.weight"]);
        // Decoupled: w (1 - rate decay) before the same step.
        var start = Numbers(SmallPolicy.New())["model.layers.0.mlp.up_proj.weight"];
        foreach (var ((a, b), w) in with["model.layers.0.mlp.up_proj.weight"].Zip(without["model.layers.0.mlp.up_proj.weight"]).Zip(start)) Near.Equal(b - Rate * 0.5 * w, a, 1e-12);
    }

    [Fact]
    public void A_group_without_weights_is_an_error_that_shows_names()
    {
        using var model = SmallPolicy.New();
        var error = Assert.Throws<ArgumentException>(() => new ModelOptimizer(model, new OptimizerOptions { Groups = [new ParameterGroup { Names = "score.*" }] }, 1, 1));
        Assert.Equal(
            "Each of Optimizer.Groups must have a trained weight of its own; 'score.*' has none. Weights are called model.embed_tokens.weight, model.layers.0.self_attn.q_proj.weight, model.layers.0.self_attn.k_proj.weight, ...",
            error.Message);
        Assert.Throws<ArgumentException>(() => new ParameterGroup { Names = "" });
    }

    private static Dictionary<string, double[]>? Moved(OptimizerOptions options, string? refused = null)
    {
        if (refused is not null)
        {
            Assert.Contains($"'{refused}' has none", Assert.Throws<ArgumentException>(() => After(options)).Message, StringComparison.Ordinal);
            return null;
        }
        using var start = SmallPolicy.New();
        var before = Numbers(start);
        return After(options).ToDictionary(entry => entry.Key, entry => entry.Value.Zip(before[entry.Key], (after, first) => Math.Abs(after - first)).ToArray());
    }

    private static Dictionary<string, double[]> After(OptimizerOptions options)
    {
        using var model = SmallPolicy.New();
        TokenizedExample[] examples = [.. SmallPolicy.Pairs.Select(pair => new TokenizedExample(pair.Prompt, pair.Chosen))];
        new SftTrainer(model, new SftOptions { Run = new RunOptions { MaxSteps = 1 }, Optimizer = options }).Train(examples);
        return Numbers(model);
    }

    private static Dictionary<string, double[]> Numbers(nn.Module model) =>
        model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.detach().data<double>().ToArray());

    // Numbers that got no gradient stay, and the others move by one rate.
    private static double[] Steps(double[] moved) => [.. moved.Where(step => step > 0).Select(step => Math.Round(step, 9)).Distinct()];
}
