using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Models.Tests;

/// <summary>Every family: a cache, windows shorter than the text and prompts of several lengths give what the whole sequence gives.</summary>
public sealed class FamilyDecodingTests
{
    private const int Steps = 7;

    public static TheoryData<string, int[]> Cases
    {
        get
        {
            var cases = new TheoryData<string, int[]>();
            foreach (var family in TinyFamily.Names)
                foreach (var lengths in (int[][])[[1], [4, 4], [8, 1, 3]]) cases.Add(family, lengths);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Hidden_states_and_logits_of_every_step(string family, int[] lengths)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = TinyFamily.Model(family);
        var rows = lengths.Select((length, row) => TinyLlama.Ids(50 + row, length + Steps)).ToArray();
        var prompts = rows.Select((row, s) => row[..lengths[s]]).ToArray();
        var whole = Whole(model, rows);
        using var session = model.StartDecoding(prompts, Steps);
        using var states = new CachedStates(model, prompts, Steps);
        for (var step = 0; step < Steps; step++)
        {
            for (var row = 0; row < rows.Length; row++)
            {
                var expected = whole[row][lengths[row] + step - 1];
                Assert.InRange(TinyLlama.LargestDifference(expected, states.Last[row]), 0, 1e-10);
                Assert.InRange(TinyLlama.LargestDifference(Logits(model, expected), session.Logits[row]), 0, 1e-5);   // logits are float32
            }
            if (step == Steps - 1) break;
            var next = tensor(rows.Select((row, s) => (long)row[lengths[s] + step]).ToArray());
            session.Append(next);
            states.Append(next);
        }
    }

    private static Tensor Logits(DecoderModel model, Tensor row)
    {
        var plain = F.linear(row, model.OutputWeight);
        return model.LogitSoftCap is { } cap ? (plain / cap).tanh() * cap : plain;
    }

    /// <summary>States of whole rows, in a batch whose longest is as long as there is room for in decoding.</summary>
    private static Tensor[] Whole(DecoderModel model, int[][] rows)
    {
        using var layout = TinyLlama.Layout(rows);
        var (states, start) = (model.Hidden(layout), 0L);
        return [.. rows.Select(row => states.narrow(0, (start += row.Length) - row.Length, row.Length))];
    }

    /// <summary>The steps of a session, whose logits are float32, with its states in the type of the weights.</summary>
    private sealed class CachedStates : IDisposable
    {
        private readonly DecoderModel model;
        private readonly KeyValueCache cache;
        private readonly long[] lengths;
        private readonly long room;

        public CachedStates(DecoderModel model, int[][] prompts, int newTokens)
        {
            this.model = model;
            var rows = PromptRows.Checked(prompts, model.VocabularySize);
            (lengths, room) = (rows.Lengths, rows.Longest + newTokens);
            cache = new KeyValueCache(model.Config, rows, newTokens, ScalarType.Float64, CPU);
            var attention = new PromptAttention(tensor(rows.Left), tensor(rows.Owner), tensor(rows.Right), rows.Count, cache);
            Last = model.Backbone.Hidden(tensor(rows.Tokens), tensor(rows.Positions), room, attention).index_select(0, tensor(rows.Last));
            cache.Advance(rows.Longest);
        }

        public Tensor Last { get; private set; }

        public void Append(Tensor tokens)
        {
            Last = model.Backbone.Hidden(tokens, tensor(lengths), room, new StepAttention(cache));
            cache.Advance(1);
            for (var row = 0; row < lengths.Length; row++) lengths[row]++;
        }

        public void Dispose() => cache.Dispose();
    }
}
