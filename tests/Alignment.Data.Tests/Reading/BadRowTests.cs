namespace Alignment.Data.Tests.Reading;

/// <summary>Rows that can't become records: what is said of each, and how they are counted.</summary>
public sealed class BadRowTests : IDisposable
{
    private const string Good = """{"prompt": "Hi", "chosen": "Hello", "rejected": "Go away"}""";
    private const string GoodChat = """{"chosen": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}], "rejected": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Bye"}]}""";
    private const string GoodPlain = """{"chosen": "ab", "rejected": "ac"}""";
    private const string GoodHh = """{"chosen": "\n\nHuman: a\n\nAssistant: b", "rejected": "\n\nHuman: a\n\nAssistant: c"}""";
    private const string GoodTextPrompt = """{"prompt": "Hi", "chosen": [{"role": "assistant", "content": "Hello"}], "rejected": [{"role": "assistant", "content": "Bye"}]}""";

    private readonly DataFolder _folder = new();

    [Theory]
    [InlineData(Good, """{"prompt": "Hi", "chosen": "Hello"}""", RowProblem.Missing, "column 'rejected' must hold text; it is null.")]
    [InlineData(Good, """{"prompt": "Hi", "chosen": 7, "rejected": "x"}""", RowProblem.WrongKind, "column 'chosen' must hold text, as in the rows before; it holds a number.")]
    [InlineData(Good, """{"prompt": "Hi", "chosen": "\ud800", "rejected": "x"}""", RowProblem.InvalidJson, "column 'chosen' must hold valid Unicode; it doesn't.")]
    [InlineData(Good, """{"prompt": "Hi", "chosen": "123456789012345678901234567890123456789012345678901", "rejected": "x"}""", RowProblem.TooLong,
        "column 'chosen' must have at most MaxFieldCharacters = 50 characters; it has 51.")]
    [InlineData(Good, "7", RowProblem.InvalidJson, "the line must be a JSON object; it is a number.")]
    [InlineData(GoodChat, """{"chosen": [], "rejected": []}""", RowProblem.BadMessages, "column 'chosen' must hold at least one message; the list is empty.")]
    [InlineData(GoodChat, """{"chosen": [{"role": "user", "content": "Hi"}, {"role": "judge", "content": "x"}], "rejected": []}""", RowProblem.BadMessages,
        "column 'chosen' has a bad message: message 1 has the role 'judge'; roles are system, user, assistant and tool.")]
    [InlineData(GoodChat, """{"chosen": [{"role": "user", "content": null}], "rejected": []}""", RowProblem.BadMessages,
        "column 'chosen' has a bad message: message 0 has no content.")]
    [InlineData(GoodChat, """{"chosen": [{"role": "user", "content": [{"type": "image"}]}], "rejected": []}""", RowProblem.BadMessages,
        "column 'chosen' has a bad message: message 0 must have text as content; it has a list.")]
    [InlineData(GoodChat, """{"chosen": [{"role": "assistant", "content": "", "tool_calls": [{"name": "f"}]}], "rejected": []}""", RowProblem.BadMessages,
        "column 'chosen' has a bad message: message 0 calls tools, which records don't hold.")]
    [InlineData(GoodChat, """{"chosen": [{"role": "user", "content": "123456789012345678901234567890123456789012345678901"}], "rejected": []}""", RowProblem.TooLong,
        "column 'chosen' must have at most MaxFieldCharacters = 50 characters; its messages have 51.")]
    [InlineData(GoodChat, """{"chosen": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}], "rejected": [{"role": "user", "content": "c"}, {"role": "assistant", "content": "b"}]}""",
        RowProblem.NoCommonPrompt, "the two conversations must begin with the same message; they don't.")]
    [InlineData(GoodChat, """{"chosen": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}], "rejected": [{"role": "user", "content": "a"}, {"role": "user", "content": "b"}]}""",
        RowProblem.UnexpectedTurn, "column 'rejected' must hold a response that begins and ends with the assistant; it begins with user.")]
    [InlineData(GoodChat, """{"chosen": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}], "rejected": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "d"}]}""",
        RowProblem.UnexpectedTurn, "column 'chosen' must hold a response that begins and ends with the assistant; it ends with user.")]
    [InlineData(GoodTextPrompt, """{"prompt": "Ho", "chosen": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "b"}], "rejected": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "c"}]}""",
        RowProblem.NoCommonPrompt, "the conversation must have the row's prompt among its user messages; it doesn't.")]
    [InlineData(GoodTextPrompt, """{"prompt": "Hi", "chosen": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "b"}], "rejected": [{"role": "assistant", "content": "c"}]}""",
        RowProblem.UnexpectedTurn, "one of columns 'chosen' and 'rejected' begins with the assistant and the other does not.")]
    [InlineData(GoodPlain, """{"chosen": "", "rejected": "x"}""", RowProblem.Missing, "column 'chosen' must hold prompt and response; it is empty.")]
    [InlineData(GoodPlain, GoodHh, RowProblem.OtherShape, "column 'chosen' must hold text as the first row does; it is a transcript that begins with '\\n\\nHuman:'.")]
    [InlineData(GoodHh, GoodPlain, RowProblem.OtherShape, "column 'chosen' must hold a transcript that begins with '\\n\\nHuman:', as the first row does; it doesn't.")]
    [InlineData(GoodHh, """{"chosen": "\n\nHuman: a\n\nAssistant: b", "rejected": "\n\nHuman: x\n\nAssistant: b"}""", RowProblem.NoCommonPrompt,
        "the two transcripts must be the same up to an 'Assistant:'; they aren't.")]
    [InlineData(GoodHh, """{"chosen": "\n\nHuman: a\n\nAssistant: b\n\nHuman: c", "rejected": "\n\nHuman: a\n\nAssistant: d"}""", RowProblem.UnexpectedTurn,
        "column 'chosen' must hold a response that begins and ends with the assistant; it ends with user.")]
    public async Task A_bad_pair_is_explained_and_counted(string good, string bad, RowProblem problem, string what)
    {
        var path = _folder.Lines("rows.jsonl", good, bad, good);
        var message = $"'{path}', line 2, {what}";
        Assert.Equal(message, await DataFolder.ErrorAsync(path, new ReadOptions { MaxFieldCharacters = 50 }));

        var stream = await PreferenceReader.OpenAsync(path, new ReadOptions { MaxFieldCharacters = 50, BadRows = BadRows.Skip });
        Assert.Equal(2, (await DataFolder.AllAsync(stream)).Count);
        Assert.Equal((3, 2), (stream.Counts.Rows, stream.Counts.Records));
        Assert.Equal(new SkippedRows(problem, 1, message), Assert.Single(stream.Counts.Skipped));
    }

    [Theory]
    [InlineData("""{"prompt": "a", "completion": "b", "label": 2}""", RowProblem.OutOfRange, "column 'label' must be 0 or 1; it is 2.")]
    [InlineData("""{"prompt": "a", "completion": "b", "label": null}""", RowProblem.Missing, "column 'label' must hold a number; it is null.")]
    [InlineData("""{"prompt": "a", "completion": "b", "label": 1, "weight": -1}""", RowProblem.OutOfRange, "column 'weight' must be 0 or greater; it is -1.")]
    [InlineData("""{"prompt": "a", "completion": "b", "label": 1, "weight": 1e999}""", RowProblem.OutOfRange, "column 'weight' must be a finite number; it is Infinity.")]
    public async Task Numbers_have_bounds(string bad, RowProblem problem, string what)
    {
        var path = _folder.Lines("rows.jsonl", """{"prompt": "a", "completion": "b", "label": 1, "weight": 1}""", bad);
        var stream = await UnpairedReader.OpenAsync(path, new ReadOptions { BadRows = BadRows.Skip });
        Assert.Single(await DataFolder.AllAsync(stream));
        Assert.Equal(new SkippedRows(problem, 1, $"'{path}', line 2, {what}"), Assert.Single(stream.Counts.Skipped));
    }

    [Fact]
    public async Task Prompts_leave_something_to_answer()
    {
        var path = _folder.Lines("rows.jsonl", """{"messages": [{"role": "user", "content": "a"}]}""", """{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}""");
        var error = await Assert.ThrowsAsync<DataFormatException>(() => DataFolder.AllAsync(PromptReader.ReadAsync(path)));
        Assert.Equal($"'{path}', line 2, the conversation must end with the user or a tool, so that there is something to answer; it ends with the assistant.", error.Message);
    }

    [Fact]
    public async Task A_conversation_of_one_message_has_no_response()
    {
        var path = _folder.Lines("rows.jsonl", """{"messages": [{"role": "assistant", "content": "a"}]}""");
        var error = await Assert.ThrowsAsync<DataFormatException>(() => DataFolder.AllAsync(DemonstrationReader.ReadAsync(path)));
        Assert.Equal($"'{path}', line 1, column 'messages' must hold a prompt and a response; it has one message.", error.Message);
    }

    [Fact]
    public async Task Causes_are_counted_apart_with_the_first_of_each()
    {
        var path = await _folder.TextsAsync("rows.parquet", 2, null,
            ("prompt", ["a", null, "c", null, "eeeee"]), ("chosen", ["1", "2", "3", "4", "5"]), ("rejected", ["1", "2", "3", "4", "5"]));
        var stream = await PreferenceReader.OpenAsync(path, new ReadOptions { BadRows = BadRows.Skip, MaxFieldCharacters = 4 });
        Assert.Equal(["a", "c"], (await DataFolder.AllAsync(stream)).Select(pair => pair.Prompt.Text));
        Assert.Equal(
            [
                new(RowProblem.Missing, 2, $"'{path}', row group 0, row 1 (row 1 of the file), column 'prompt' must hold text; it is null."),
                new(RowProblem.TooLong, 1, $"'{path}', row group 2, row 0 (row 4 of the file), column 'prompt' must have at most MaxFieldCharacters = 4 characters; it has 5."),
            ],
            stream.Counts.Skipped);
        Assert.Equal(5, stream.Counts.Rows);
        Assert.Equal(5, stream.Rows);
    }

    public void Dispose() => _folder.Dispose();
}
