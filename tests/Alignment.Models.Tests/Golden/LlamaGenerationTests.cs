using System.Text.Json;
using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Greedy continuations of prompts of three lengths against transformers, which pads them at the left.</summary>
public sealed class LlamaGenerationTests : IDisposable
{
    private static readonly JsonElement Generation = LlamaRecord.Io.GetProperty("generation");

    private readonly DecoderModel model = PretrainedModel.Load(LlamaRecord.Folder);

    [Fact]
    public void Greedy_tokens_with_their_log_probabilities_and_gaps()
    {
        using var scope = NewDisposeScope();
        var expected = Generation.GetProperty("new_tokens").Deserialize<long[][]>()!;
        var expectedLogProbs = Generation.GetProperty("new_token_logps").Deserialize<float[][]>()!;
        var smallestGap = double.PositiveInfinity;

        using var session = model.StartDecoding(Prompts(), 24);
        for (var step = 0; step < 24; step++)
        {
            var (best, ids) = session.Logits.topk(2);
            smallestGap = Math.Min(smallestGap, (best.select(1, 0) - best.select(1, 1)).min().item<float>());
            var next = ids.select(1, 0);
            Assert.Equal(expected.Select(row => row[step]), next.data<long>().ToArray());
            var logProbs = session.Logits.log_softmax(1).gather(1, next.unsqueeze(1)).squeeze(1).data<float>().ToArray();
            for (var row = 0; row < logProbs.Length; row++) Assert.Equal(expectedLogProbs[row][step], logProbs[row], 1e-4);
            if (step < 23) session.Append(next);
        }
        Assert.Equal(Generation.GetProperty("smallest_top2_gap").GetDouble(), smallestGap, 1e-4);
    }

    [Fact]
    public void Greedy_tokens_up_to_a_stop_token()
    {
        using var scope = NewDisposeScope();
        var stopped = LlamaRecord.Io.GetProperty("generation_with_stop");
        var expected = stopped.GetProperty("new_tokens").Deserialize<long[][]>()!;
        var (stop, pad) = (stopped.GetProperty("eos_token_id").GetInt64(), stopped.GetProperty("pad_token_id").GetInt64());

        using var session = model.StartDecoding(Prompts(), expected[0].Length);
        var ended = new bool[expected.Length];
        for (var step = 0; step < expected[0].Length; step++)
        {
            var best = session.Logits.argmax(1).data<long>().ToArray();
            var next = best.Select((id, row) => ended[row] ? pad : id).ToArray();
            Assert.Equal(expected.Select(row => row[step]), next);
            for (var row = 0; row < next.Length; row++) ended[row] |= next[row] == stop;
            if (step < expected[0].Length - 1) session.Append(tensor(next));
        }
        Assert.Contains(true, ended);
    }

    public void Dispose() => model.Dispose();

    private static IReadOnlyList<int>[] Prompts()
    {
        var ids = Generation.GetProperty("input_ids").Deserialize<int[][]>()!;
        var mask = Generation.GetProperty("attention_mask").Deserialize<int[][]>()!;
        return [.. ids.Select((row, i) => row.Where((_, t) => mask[i][t] == 1).ToArray())];
    }
}
