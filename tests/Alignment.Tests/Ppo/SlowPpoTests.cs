using Alignment.Tests.Runs;
using Alignment.Training;

namespace Alignment.Tests.Ppo;

/// <summary>Whole iterations of the trainer against <see cref="SlowPpo"/>, in float64.</summary>
public sealed class SlowPpoTests
{
    private const int Vocabulary = 6, Iterations = 4;
    private const double LearningRate = 0.05;

    private static readonly TokenizedPrompt[] Prompts = [.. Enumerable.Range(0, 5).Select(i => new TokenizedPrompt([5, 1 + i]))];

    [Theory]
    [InlineData(8, null, null)]
    [InlineData(1, null, null)]    // a row at a time: the same sums
    [InlineData(3, 20, 1.5)]       // by tokens, and with a coefficient that adapts
    public void Iterations_are_those_of_a_slow_implementation(int rowsAtOnce, int? tokensAtOnce, double? target)
    {
        var random = new Random(7);
        var (policy, reference, values) = (Table(random), Table(random), Enumerable.Range(0, Vocabulary).Select(_ => random.NextDouble() - 0.5).ToArray());
        for (var v = 0; v < Vocabulary; v++) reference[5, v] = policy[5, v];   // the two agree on the prompts, as the check before a run wants
        var settings = new SlowPpoSettings(ids => ids.Count(id => id == 3) - 0.1 * ids.Count) { Target = target };
        var slow = new SlowPpo(policy, reference, values, settings);

        using var model = new TableModel(policy);
        using var held = new TableModel(reference);
        using var value = new TableValueModel(values);
        var recorder = new Recorder<PpoStep>();
        var models = OnPolicyModels.Apart(model, ReferencePolicy.Frozen(held), RewardSource.Of(response => settings.Score(response.Ids)), value);
        new PpoTrainer(models, new PpoOptions
        {
            Rollout = new RolloutOptions { MaxNewTokens = settings.MaxNewTokens, Temperature = settings.Temperature, StopIds = [settings.End], SamplesPerPrompt = settings.Samples },
            Kl = new KlOptions { Coefficient = settings.Beta, Target = target, Horizon = settings.Horizon },
            Advantages = new Rl.GeneralizedAdvantageEstimation { Gamma = settings.Gamma, Lambda = settings.Lambda },
            Update = new UpdateOptions { Epochs = settings.Epochs, MiniBatches = settings.Parts, RowsAtOnce = rowsAtOnce, TokensAtOnce = tokensAtOnce },
            Run = new RunOptions { MaxSteps = Iterations, BatchSize = 2, GradientAccumulationSteps = 3, Shuffle = false, SelfChecks = true },
            Optimizer = new OptimizerOptions { LearningRate = LearningRate, Epsilon = 1e-5 },
        }).Train(Prompts, null, recorder);

        for (var step = 1; step <= Iterations; step++)
        {
            slow.Iterate([.. Prompts.Select(prompt => prompt.Ids[^1])], step, LearningRate * (Iterations - step + 1) / Iterations);   // linear to 0, by iteration
            var metrics = recorder.Steps[step - 1].Metrics.ToDictionary(metric => metric.Name, metric => metric.Value);
            foreach (var (name, expected) in slow.Metrics) Near.Equal(expected, metrics[name], 1e-10);
        }
        Near.Equal([.. slow.Policy.Cast<double>()], TensorAssert.Doubles(model.Table), 1e-10);
        Near.Equal(slow.Values, TensorAssert.Doubles(value.Table), 1e-10);
        if (target is not null) Assert.NotEqual(settings.Beta, slow.Beta);
    }

    private static double[,] Table(Random random)
    {
        var table = new double[Vocabulary, Vocabulary];
        for (var i = 0; i < table.Length; i++) table[i / Vocabulary, i % Vocabulary] = 2 * random.NextDouble() - 1;
        return table;
    }
}
