using Alignment.Losses;
using Alignment.Tests.Runs;
using Alignment.Training;

namespace Alignment.Tests.Ppo;

/// <summary>One update of RLOO and of GRPO against gradients written by hand, on a table of logits.</summary>
/// <remarks>The first update of a run has ratio 1, and AdamW's first step is its rate times the sign of the gradient; so the gradient is read from its norm and from where the step went.</remarks>
public sealed class SlowGroupTests
{
    private const int Vocabulary = 5, Samples = 3;

    private static readonly TokenizedPrompt[] Prompts = [.. Enumerable.Range(0, 3).Select(i => new TokenizedPrompt([1 + i]))];

    [Fact]
    public void The_first_step_of_RLOO_is_that_of_REINFORCE_with_a_leave_one_out_baseline() => Compare("RLOO");

    [Fact]
    public void The_first_step_of_GRPO_weighs_responses_alike_and_pulls_to_the_reference() => Compare("GRPO");

    [Fact]
    public void The_first_step_of_GRPO_by_tokens_weighs_tokens_alike() => Compare("GRPO by tokens");

    private static void Compare(string method)
    {
        var random = new Random(3);
        var (start, reference) = (Table(random), Table(random));
        using var model = new TableModel(start);
        using var held = new TableModel(reference);
        var heard = new List<SampledResponse>();
        var reward = RewardSource.Of(response =>
        {
            heard.Add(response);
            return Score(response.Ids);
        });
        var models = OnPolicyModels.Apart(model, ReferencePolicy.Frozen(held), reward);
        var rollout = new RolloutOptions { MaxNewTokens = 4, StopIds = [0], SamplesPerPrompt = Samples, Temperature = 0.8 };
        var run = new RunOptions { MaxSteps = 1, BatchSize = 3, Shuffle = false };
        var optimizer = new OptimizerOptions { LearningRate = 1e-3, Epsilon = 1e-12, MaxGradNorm = 1e9 };
        var recorder = new Recorder<OnPolicyStep>();
        if (method == "RLOO")
            new RlooTrainer(models, new RlooOptions { Rollout = rollout, Run = run, Optimizer = optimizer, Kl = new KlOptions { Coefficient = 0.2 } }).Train(Prompts, null, recorder);
        else
            new GrpoTrainer(models, new GrpoOptions { Rollout = rollout, Run = run, Optimizer = optimizer, Beta = 0.2, LossMean = method == "GRPO" ? LossMean.Responses : LossMean.Tokens }).Train(Prompts, null, recorder);

        var gradient = method == "RLOO" ? OfRloo(heard, start, reference) : OfGrpo(heard, start, reference, byTokens: method != "GRPO");
        Near.Equal(Math.Sqrt(gradient.Cast<double>().Sum(g => g * g)), recorder.Steps.Single().GradientNorm, 1e-10);
        var moved = model.Numbers();
        for (var i = 0; i < Vocabulary; i++)
            for (var v = 0; v < Vocabulary; v++)
                Near.Equal(Math.Abs(gradient[i, v]) < 1e-12 ? 0 : -1e-3 * Math.Sign(gradient[i, v]), moved[i, v] - start[i, v], 1e-7);
    }

    // ∇ -mean_s A_s log π(y_s), A against the mean of the others, of rewards less β Σ (log π - log ref).
    private static double[,] OfRloo(List<SampledResponse> responses, double[,] policy, double[,] reference)
    {
        var rewards = responses.Select(r => Score(r.Ids) - (r.HasEnded ? 0 : 1) - 0.2 * Tokens(r).Sum(t => LogSoftmax(policy, t.State)[t.Id] - LogSoftmax(reference, t.State)[t.Id])).ToArray();
        var gradient = new double[Vocabulary, Vocabulary];
        foreach (var (s, response) in responses.Index())
        {
            var others = Enumerable.Range(s / Samples * Samples, Samples).Where(other => other != s).Average(other => rewards[other]);
            foreach (var (state, id) in Tokens(response)) AddLogProb(gradient, policy, state, id, -(rewards[s] - others) / responses.Count);
        }
        return gradient;
    }

    // ∇ of the mean over responses (or tokens) of -A + β (e^-d - 1 + d), d = log π - log ref: β (1 - e^-d) ∇log π.
    private static double[,] OfGrpo(List<SampledResponse> responses, double[,] policy, double[,] reference, bool byTokens)
    {
        var rewards = responses.Select(r => Score(r.Ids) - (r.HasEnded ? 0 : 1)).ToArray();
        var gradient = new double[Vocabulary, Vocabulary];
        foreach (var (s, response) in responses.Index())
        {
            double[] group = rewards[(s / Samples * Samples)..((s / Samples + 1) * Samples)];
            var deviation = Math.Sqrt(group.Sum(r => (r - group.Average()) * (r - group.Average())) / (Samples - 1));
            var advantage = (rewards[s] - group.Average()) / (deviation + 1e-4);
            var share = byTokens ? 1.0 / responses.Sum(r => r.Ids.Count) : 1.0 / responses.Count / response.Ids.Count;
            foreach (var (state, id) in Tokens(response))
            {
                var d = LogSoftmax(policy, state)[id] - LogSoftmax(reference, state)[id];
                AddLogProb(gradient, policy, state, id, share * (-advantage + 0.2 * (1 - Math.Exp(-d))));
            }
        }
        return gradient;
    }

    private static double Score(IReadOnlyList<int> ids) => ids.Sum(id => id * id) * 0.1;

    private static IEnumerable<(int State, int Id)> Tokens(SampledResponse response) => response.Ids.Select((id, t) => (t == 0 ? response.Prompt[^1] : response.Ids[t - 1], id));

    private static void AddLogProb(double[,] gradient, double[,] table, int state, int id, double weight)
    {
        var logProbs = LogSoftmax(table, state);
        for (var v = 0; v < Vocabulary; v++) gradient[state, v] += weight * ((v == id ? 1 : 0) - Math.Exp(logProbs[v])) / 0.8;
    }

    private static double[] LogSoftmax(double[,] table, int state)
    {
        var logits = Enumerable.Range(0, Vocabulary).Select(v => table[state, v] / 0.8).ToArray();
        var sum = Math.Log(logits.Sum(Math.Exp));
        return [.. logits.Select(z => z - sum)];
    }

    private static double[,] Table(Random random)
    {
        var table = new double[Vocabulary, Vocabulary];
        for (var i = 0; i < table.Length; i++) table[i / Vocabulary, i % Vocabulary] = random.NextDouble() - 0.5;
        return table;
    }
}
