namespace Alignment.Data.Tests.Reading;

/// <summary>The shapes of published data sets, a row or two of each, with the records that a person would make of them.</summary>
public sealed class ShapeTests : IDisposable
{
    private static readonly ChatMessage Hi = new("user", "Hi");
    private static readonly ChatMessage Hello = new("assistant", "Hello");
    private static readonly ChatMessage GoAway = new("assistant", "Go away");

    private readonly DataFolder _folder = new();

    private static PreferencePair Chat => new(new Transcript([Hi]), new Transcript([Hello]), new Transcript([GoAway]));

    [Theory]
    [InlineData("trl", """{"prompt": "Hi", "chosen": "Hello", "rejected": "Go away"}""")]
    [InlineData("argilla", """{"instruction": "Hi", "input": "", "chosen_response": "Hello", "rejected_response": "Go away", "chosen_model": "m"}""")]
    [InlineData("query", """{"query": "Hi", "chosen": "Hello", "rejected": "Go away"}""")]
    [InlineData("input", """{"input": "Hi", "chosen": "Hello", "rejected": "Go away", "generations": ["Hello", "Go away"]}""")]
    public async Task Pairs_of_text(string shape, string row) => Assert.Equal([new PreferencePair("Hi", "Hello", "Go away")], await PairsAsync(shape, row));

    [Theory]
    [InlineData("trl", """
        {"prompt": [{"role": "user", "content": "Hi"}], "chosen": [{"role": "assistant", "content": "Hello"}], "rejected": [{"role": "assistant", "content": "Go away"}]}
        """)]
    [InlineData("implicit", """
        {"chosen": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}], "rejected": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Go away"}]}
        """)]
    [InlineData("ultrafeedback", """
        {"prompt": " Hi", "chosen": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}], "rejected": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Go away"}], "score_chosen": 8.0}
        """)]
    [InlineData("prompt again", """
        {"prompt": [{"role": "user", "content": "Hi"}], "chosen": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}], "rejected": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Go away"}]}
        """)]
    [InlineData("text prompt", """
        {"prompt": "Hi", "chosen": [{"role": "assistant", "content": "Hello"}], "rejected": [{"role": "assistant", "content": "Go away"}]}
        """)]
    [InlineData("text answers", """{"prompt": [{"role": "user", "content": "Hi"}], "chosen": "Hello", "rejected": "Go away"}""")]
    [InlineData("sharegpt", """
        {"chosen": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}], "rejected": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Go away"}]}
        """)]
    [InlineData("orca without a system text", """{"system": "", "question": "Hi", "chosen": "Hello", "rejected": "Go away"}""")]
    [InlineData("hh", """{"chosen": "\n\nHuman: Hi\n\nAssistant: Hello", "rejected": "\n\nHuman: Hi\n\nAssistant: Go away"}""")]
    public async Task Pairs_of_messages(string shape, string row) => Assert.Equal([Chat], await PairsAsync(shape, row.Trim()));

    [Fact]
    public async Task A_system_column_comes_before_the_question()
    {
        var pair = Assert.Single(await PairsAsync("orca", """{"system": "Be brief.", "question": "Hi", "chosen": "Hello", "rejected": "Go away"}"""));
        Assert.Equal(Chat with { Prompt = new Transcript([new("system", "Be brief."), Hi]) }, pair);
    }

    [Fact]
    public async Task An_input_stands_below_its_instruction()
    {
        var path = _folder.Lines("alpaca.jsonl", """{"instruction": "Translate.", "input": "안녕", "output": "Hello"}""", """{"instruction": "Greet.", "input": "", "output": "Hello"}""");
        Assert.Equal(
            [new Demonstration("Translate.\n\n안녕", "Hello"), new Demonstration("Greet.", "Hello")],
            await DataFolder.AllAsync(DemonstrationReader.ReadAsync(path)));
    }

    [Fact]
    public async Task Transcripts_that_part_early_keep_the_turns_that_differ()
    {
        // Both share one answer's mark; a second mark stands in the shared text of neither.
        var pair = Assert.Single(await PairsAsync("hh",
            """{"chosen": "\n\nHuman: a\n\nHuman: b\n\nAssistant: c\n\nHuman: d\n\nAssistant: e", "rejected": "\n\nHuman: a\n\nHuman: b\n\nAssistant:"}"""));
        Assert.Equal([new("user", "a"), new("user", "b")], pair.Prompt.Messages!);
        Assert.Equal([new("assistant", "c"), new("user", "d"), new("assistant", "e")], pair.Chosen.Messages!);
        Assert.Equal([new("assistant", "")], pair.Rejected.Messages!);
    }

    [Fact]
    public async Task A_character_outside_the_basic_plane_is_not_cut_in_two()
    {
        // 😀 is D83D DE00, 😁 is D83D DE01: they share their first half.
        var pairs = await PairsAsync("implicit", """{"chosen": "a 😀", "rejected": "a 😁"}""", """{"chosen": "b😀", "rejected": "b😀"}""", """{"chosen": "😀", "rejected": "😁"}""");
        Assert.Equal([new("a", " 😀", " 😁"), new("b", "😀", "😀"), new("", "😀", "😁")], pairs);
    }

    [Fact]
    public async Task Where_one_conversation_goes_on_the_shorter_keeps_its_last_message()
    {
        const string Short = """{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}""";
        const string Long = Short + """, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Go away"}""";
        var pairs = await PairsAsync("implicit", $$"""{"chosen": [{{Long}}], "rejected": [{{Short}}]}""", $$"""{"chosen": [{{Short}}], "rejected": [{{Short}}]}""");
        Assert.Equal([Chat with { Chosen = new Transcript([Hello, Hi, GoAway]), Rejected = new Transcript([Hello]) }, Chat with { Rejected = new Transcript([Hello]) }], pairs);
    }

    [Fact]
    public async Task Margin_weight_id_and_source_come_along()
    {
        var rows = """{"prompt": "Hi", "chosen": "Hello", "rejected": "Go away", "margin": 1.5, "weight": 2, "id": 9007199254740993, "dataset": "d"}""";
        Assert.Equal(
            [new PreferencePair("Hi", "Hello", "Go away") { Margin = 1.5, Weight = 2, Id = "9007199254740993", Source = "d" }],
            await PairsAsync("all", rows));
    }

    [Theory]
    [InlineData("score_chosen", "score_rejected")]
    [InlineData("chosen-rating", "rejected-rating")]
    [InlineData("chosen_rating", "rejected_rating")]
    public async Task Scores_give_a_margin_when_asked(string better, string worse)
    {
        var path = _folder.Lines("scores.jsonl", $$"""{"prompt": "Hi", "chosen": "Hello", "rejected": "Go away", "{{better}}": 7.5, "{{worse}}": 2, "margin": 9}""");
        Assert.Equal(5.5, Assert.Single(await DataFolder.AllAsync(PreferenceReader.ReadAsync(path, new ReadOptions { MarginFromScores = true }))).Margin);
        Assert.Equal(9, Assert.Single(await DataFolder.AllAsync(PreferenceReader.ReadAsync(path))).Margin);
    }

    [Fact]
    public async Task Labels_are_booleans_or_0_and_1()
    {
        Assert.Equal(
            [new UnpairedResponse("Hi", "Hello", true), new UnpairedResponse("Hi", "Go away", false)],
            await DataFolder.AllAsync(UnpairedReader.ReadAsync(_folder.Lines("kto.jsonl",
                """{"prompt": "Hi", "completion": "Hello", "label": true}""", """{"prompt": "Hi", "completion": "Go away", "label": false}"""))));
        Assert.Equal(
            [new UnpairedResponse(new Transcript([Hi]), new Transcript([Hello]), true), new UnpairedResponse(new Transcript([Hi]), new Transcript([GoAway]), false)],
            await DataFolder.AllAsync(UnpairedReader.ReadAsync(_folder.Lines("kto.jsonl",
                """{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}], "label": 1}""",
                """{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Go away"}], "label": 0}"""))));
    }

    [Fact]
    public async Task Ratings_prompts_and_conversations()
    {
        Assert.Equal([new RatedResponse("Hi", "Hello", 4)],
            await DataFolder.AllAsync(RatedReader.ReadAsync(_folder.Lines("rated.jsonl", """{"question": "Hi", "answer": "Hello", "score": 4}"""))));
        Assert.Equal([new PromptOnly("Hi") { Id = "x" }],
            await DataFolder.AllAsync(PromptReader.ReadAsync(_folder.Lines("prompts.jsonl", """{"text": "Hi", "id": "x"}"""))));
        Assert.Equal([new PromptOnly(new Transcript([Hi, Hello, Hi]))],
            await DataFolder.AllAsync(PromptReader.ReadAsync(_folder.Lines("prompts.jsonl",
                """{"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}, {"from": "human", "value": "Hi"}]}"""))));
        Assert.Equal([new Demonstration(new Transcript([Hi, Hello, Hi]), new Transcript([GoAway]))],
            await DataFolder.AllAsync(DemonstrationReader.ReadAsync(_folder.Lines("sft.jsonl",
                """{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Go away"}]}"""))));
    }

    [Fact]
    public async Task What_was_found_is_reported()
    {
        var path = _folder.Lines("kto.jsonl", """{"query": "Hi", "completion": "Hello", "label": true, "model": "m", "extra": null}""");
        var file = Assert.Single((await UnpairedReader.OpenAsync(path)).Files);
        Assert.Equal((path, DataFileFormat.JsonLines, "prompt and response", null), (file.Path, file.Format, file.Shape, file.Rows));
        Assert.Equal([new("label", "label"), new("prompt", "query"), new("response", "completion")], file.Columns.OrderBy(column => column.Key));
        Assert.Equal(["model", "extra"], file.Ignored);
    }

    public void Dispose() => _folder.Dispose();

    private Task<List<PreferencePair>> PairsAsync(string name, params string[] rows) =>
        DataFolder.AllAsync(PreferenceReader.ReadAsync(_folder.Lines(name + ".jsonl", rows)));
}
