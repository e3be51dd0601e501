using System.Globalization;
using Alignment.Models;
using Alignment.Training;
using TorchSharp;

namespace Alignment.Benchmarks;

/// <summary>A PPO run on a small model: tokens a second of rollout and update, the share of each, and whether anything is left behind.</summary>
internal static class PpoSpeed
{
    private const int Prompts = 16, NewTokens = 48, Epochs = 2;

    public static void Print(string[] settings)
    {
        var iterations = settings.Select(setting => int.TryParse(setting, out var n) ? n : 0).Append(0).Max() is var asked and > 0 ? asked : 200;
        var config = new DecoderConfig
        {
            VocabularySize = 4000,
            HiddenSize = 192,
            IntermediateSize = 512,
            Layers = 4,
            Attention = new AttentionConfig { Heads = 6, KeyValueHeads = 2 },
            MaxPositions = 256,
            TieEmbeddings = true,
        };
        using var policy = DecoderModel.FromScratch(config, 1);
        using var start = policy.Copy();
        using var scorer = DecoderRewardModel.FromLanguageModel(policy.Copy(), 2);
        using var values = scorer.ToValueModel();
        var random = new Random(1);
        TokenizedPrompt[] prompts = [.. Enumerable.Range(0, 400).Select(_ => new TokenizedPrompt([.. Enumerable.Range(0, random.Next(8, 40)).Select(_ => random.Next(config.VocabularySize))]))];
        var options = new PpoOptions
        {
            Rollout = new RolloutOptions { MaxNewTokens = NewTokens, StopIds = [2] },
            Update = new UpdateOptions { Epochs = Epochs, MiniBatches = 2 },
            Run = new RunOptions { MaxSteps = iterations, BatchSize = Prompts },
        };
        new PpoTrainer(OnPolicyModels.Apart(policy, ReferencePolicy.Frozen(start), RewardSource.Of(scorer), values), options).Train(prompts, observer: new Listener(iterations));
    }

    private sealed class Listener(int iterations) : IObserver<RunEvent>
    {
        private readonly List<OnPolicyStep> _steps = [];
        private double _resident;
        private long _tensors;

        public void OnNext(RunEvent value)
        {
            if (value is not OnPolicyStep step) return;
            _steps.Add(step);
            if (step.Step == 20) (_resident, _tensors) = (Memory.Megabytes("VmRSS:"), torch.Tensor.TotalCount);
            if (step.Step % 50 == 0) Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"iteration {step.Step,4}  live tensors {torch.Tensor.TotalCount} ({_tensors} at 20)  resident set {Memory.Megabytes("VmRSS:"):F0} MB  x{Memory.Megabytes("VmRSS:") / _resident:F3} of iteration 20"));
            if (step.Step == iterations) Tell();
        }

        public void OnCompleted() { }

        public void OnError(Exception error) => Console.Error.WriteLine(error.Message);

        private void Tell()
        {
            var last = _steps.Skip(_steps.Count / 10).ToList();
            var (rollout, update) = (Median(step => step.RolloutTokensPerSecond), Median(step => step.UpdateTokensPerSecond));
            var (sampled, learnt) = (last.Average(step => step.ResponseLength * step.Responses), last.Average(step => (double)Epochs * step.Tokens));
            var (rolling, updating) = (sampled / rollout, learnt / update);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"rollout {rollout:F0} tokens/s, update {update:F0} tokens/s; of their time rollout is {rolling / (rolling + updating):P0}, update {updating / (rolling + updating):P0}"));

            double Median(Func<OnPolicyStep, double> number) => last.Select(number).Order().ElementAt(last.Count / 2);
        }
    }
}
