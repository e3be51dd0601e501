using System.Diagnostics;
using Alignment.Models;
using static TorchSharp.torch;

namespace Alignment.Benchmarks;

/// <summary>
/// Tokens a second of scoring and of a step's forward and backward, beside what they must cost: 2 operations a weight and token forward,
/// 4 backward, 2 more for the output projection, which is computed once more. The yardstick is one large product on the same machine, so
/// that a shared machine slows both.
/// </summary>
internal static class TrainingSpeed
{
    private const int Rounds = 5, Sequences = 8, Prompt = 64, Response = 192;

    public static void Print()
    {
        using var model = DecoderModel.FromScratch(ReferenceModel.Config, 1);
        var random = new Random(1);
        var rows = Enumerable.Range(0, Sequences)
            .Select(_ => new TokenizedExample(ReferenceModel.Ids(random, Prompt), ReferenceModel.Ids(random, Response))).ToList();
        using var layout = TokenLayout.Of(rows);
        var (tokens, scored) = (layout.TokenCount, layout.ResponseTokenCount);
        double output = (double)ReferenceModel.Config.VocabularySize * ReferenceModel.Config.HiddenSize;
        var body = ReferenceModel.MultipliedWeights(model) - output;
        var peak = 2.0 * 1024 * 1024 * 1024 / Best(Product);
        Console.WriteLine($"{Sequences} sequences of {Prompt} + {Response} tokens; a product of 1024³: {peak / 1e9:F0} GFLOP/s");

        Report("forward", Best(() => Score(model, layout)), 2 * (body * tokens + output * scored));
        foreach (var checkpointing in (bool[])[false, true])
        {
            model.Backbone.UsesActivationCheckpointing = checkpointing;
            var work = (checkpointing ? 8 : 6) * body * tokens + 8 * output * scored;
            Report(checkpointing ? "with checkpointing" : "forward, backward", Best(() => Train(model, layout)), work);
        }

        void Report(string name, double time, double work) => Console.WriteLine(
            $"{name,-20} {tokens / time,7:F0} tokens/s  {work / time / 1e9,5:F0} GFLOP/s  {work / time / peak,5:P0} of the product's rate");
    }

    private static double Best(Action action)
    {
        var best = double.MaxValue;
        for (var round = 0; round <= Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            action();
            if (round == 0) continue;   // the first one compiles and allocates
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }
        return best;
    }

    private static void Product()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        _ = ones(1024, 1024).mm(ones(1024, 1024));
    }

    private static void Score(DecoderModel model, TokenLayout layout)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        _ = model.TokenLogProbs(layout);
    }

    private static void Train(DecoderModel model, TokenLayout layout)
    {
        using var scope = NewDisposeScope();
        (-model.TokenLogProbs(layout).Values.mean()).backward();
        foreach (var parameter in model.parameters()) parameter.grad = null;
    }
}
