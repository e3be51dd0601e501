using System.Text.Json;

namespace Alignment.Data.Tests.Encoding;

/// <summary>The rows that TRL's trainers prepared for all nine recorded runs, from the Parquet files that they read.</summary>
public sealed class RecordedRowsTests
{
    private static readonly HuggingFaceTokenizer Tokenizer = HuggingFaceTokenizer.FromPretrained(Golden.Path("models", "llama"));
    private static readonly ChatTemplate Template = ChatTemplate.FromPretrained(Golden.Path("models", "llama"));

    [Theory]
    [InlineData("dpo")]
    [InlineData("dpo_ipo")]
    [InlineData("dpo_lora")]
    [InlineData("dpo_precomputed")]
    [InlineData("dpo_conversational")]
    public async Task Pairs(string run)
    {
        var recorded = Golden.Json("runs", run, "run.json");
        var encoder = Encoder();

        var rows = encoder.EncodeAll(await PairsOf(recorded.GetProperty("dataset").GetString()!));

        Assert.Equal(recorded.GetProperty("rows_after_preparation").GetInt32(), rows.Count);
        Assert.All(First(recorded), (expected, i) =>
        {
            Assert.Equal(Ids(expected, "prompt_ids"), rows[i].Prompt);
            Assert.Equal(Ids(expected, "chosen_ids"), rows[i].Chosen);
            Assert.Equal(Ids(expected, "rejected_ids"), rows[i].Rejected);
        });
        Assert.Equal((0, 0), (encoder.Counts.SplitBorders, encoder.Counts.UnterminatedResponses));
    }

    [Fact]
    public async Task Pairs_cut_at_their_end_are_those_of_the_batch()
    {
        var recorded = Golden.Json("runs", "dpo_conversational", "run.json");
        var encoder = Encoder(new EncodingOptions { MaxLength = 40, OverLength = OverLength.CutResponseEnd });

        var rows = encoder.EncodeAll(await PairsOf("preference_conversational.parquet"));

        var batch = recorded.GetProperty("first_batch");
        var sequences = batch.GetProperty("input_ids").EnumerateArray().Zip(batch.GetProperty("attention_mask").EnumerateArray(),
            (ids, mask) => ids.EnumerateArray().Zip(mask.EnumerateArray()).Where(token => token.Second.GetInt32() == 1).Select(token => token.First.GetInt32())).ToArray();
        var pairs = sequences.Length / 2;
        Assert.Equal(2, pairs);
        for (var i = 0; i < pairs; i++)
        {
            Assert.Equal(sequences[i], rows[i].Prompt.Concat(rows[i].Chosen));
            Assert.Equal(sequences[pairs + i], rows[i].Prompt.Concat(rows[i].Rejected));
        }
        Assert.True(encoder.Counts.CutResponses > 0, "The recorded run cuts at 40 tokens.");
    }

    [Fact]
    public async Task Sequences_and_margins_of_the_reward_model()
    {
        var recorded = Golden.Json("runs", "reward", "run.json");

        var rows = Encoder().EncodeAll(await PairsOf("preference_margin.parquet"));

        Assert.Equal(recorded.GetProperty("rows_after_preparation").GetInt32(), rows.Count);
        Assert.All(First(recorded), (expected, i) =>
        {
            Assert.Equal(Ids(expected, "chosen_ids"), rows[i].Prompt.Concat(rows[i].Chosen));
            Assert.Equal(Ids(expected, "rejected_ids"), rows[i].Prompt.Concat(rows[i].Rejected));
            Assert.Equal(expected.GetProperty("margin").GetDouble(), rows[i].Margin);
        });
    }

    [Fact]
    public async Task Judged_responses()
    {
        var recorded = Golden.Json("runs", "kto", "run.json");

        var rows = Encoder().EncodeAll(await UnpairedReader.ReadAsync(Golden.Path("runs", "unpaired.parquet")).ToListAsync());

        Assert.Equal(recorded.GetProperty("rows_after_preparation").GetInt32(), rows.Count);
        Assert.All(First(recorded), (expected, i) =>
        {
            Assert.Equal(Ids(expected, "prompt_ids"), rows[i].Prompt);
            Assert.Equal(Ids(expected, "completion_ids"), rows[i].Response);
            Assert.Equal(expected.GetProperty("label").GetBoolean(), rows[i].IsDesirable);
        });
    }

    [Fact]
    public async Task Demonstrations_cut_at_their_end()
    {
        var recorded = Golden.Json("runs", "sft", "run.json");
        var encoder = Encoder(new EncodingOptions { MaxLength = 48, OverLength = OverLength.CutResponseEnd });

        var rows = encoder.EncodeAll(await DemonstrationReader.ReadAsync(Golden.Path("runs", "prompt_completion.parquet")).ToListAsync());

        Assert.Equal(recorded.GetProperty("rows_after_preparation").GetInt32(), rows.Count);
        Assert.All(First(recorded), (expected, i) => AssertLabelled(expected, rows[i]));
        Assert.True(encoder.Counts.CutResponses > 0, "The recorded run cuts at 48 tokens.");
    }

    [Fact]
    public async Task Messages_of_which_everything_is_learnt()
    {
        var recorded = Golden.Json("runs", "sft_messages", "run.json");

        var rows = Encoder(new EncodingOptions { TrainOn = TrainOn.Everything })
            .EncodeAll(await DemonstrationReader.ReadAsync(Golden.Path("runs", "messages.parquet")).ToListAsync());

        Assert.Equal(recorded.GetProperty("rows_after_preparation").GetInt32(), rows.Count);
        Assert.All(First(recorded), (expected, i) =>
        {
            AssertLabelled(expected, rows[i]);
            Assert.Single(rows[i].Prompt);   // its label is there too, and nothing predicts it
        });
    }

    private static void AssertLabelled(JsonElement expected, TokenizedExample row)
    {
        Assert.Equal(Ids(expected, "input_ids"), row.Prompt.Concat(row.Response));
        Assert.Equal(Ids(expected, "labels").Skip(1).Where(label => label >= 0), row.Response.Where((_, t) => row.Mask is null || row.Mask[t]));
    }

    private static RecordEncoder Encoder(EncodingOptions? options = null) => new(Tokenizer, (options ?? new EncodingOptions()) with { Template = Template });

    private static ValueTask<List<PreferencePair>> PairsOf(string name) => PreferenceReader.ReadAsync(Golden.Path("runs", name)).ToListAsync();

    private static JsonElement[] First(JsonElement run) => [.. run.GetProperty("first_rows").EnumerateArray()];

    private static int[] Ids(JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(id => id.GetInt32())];
}
