namespace Alignment.Data.Tests.Reading;

/// <summary>Files and options that don't go together are found before the first row.</summary>
public sealed class SchemaErrorTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Fact]
    public async Task A_file_of_something_else_is_described()
    {
        var path = _folder.Lines("rows.jsonl", """{"prompt": "a", "chosen": "b", "rejected": [{"role": "user", "content": "c"}], "n": 1, "ok": true, "tags": ["x"], "meta": {}, "none": null}""");
        Assert.Equal(
            $"'{path}' must have columns chosen and rejected, both text or both messages, with a prompt or with a common beginning; it has 'prompt' (text), 'chosen' (text), "
            + "'rejected' (messages), 'n' (numbers), 'ok' (booleans), 'tags' (lists), 'meta' (objects), 'none' (nothing). Columns under other names are named by ReadOptions.Columns.",
            await DataFolder.ErrorAsync(path));
    }

    [Fact]
    public async Task Parquet_columns_are_described_too()
    {
        var path = Golden.Path("runs", "preference_conversational.parquet");
        var error = await Assert.ThrowsAsync<DataFormatException>(() => RatedReader.OpenAsync(path));
        Assert.Equal(
            $"'{path}' must have a column rating (numbers) and columns prompt and completion (text or messages), or messages; it has 'prompt' (messages), 'chosen' (messages), "
            + "'rejected' (messages). Columns under other names are named by ReadOptions.Columns.", error.Message);
    }

    [Fact]
    public async Task Two_columns_that_may_be_meant_are_both_named()
    {
        var path = _folder.Lines("rows.jsonl", """{"prompt": "a", "question": "b", "chosen": "c", "rejected": "d"}""");
        Assert.Equal(
            $"'{path}' has 2 columns that may be the prompt: 'prompt', 'question'. Say which by ReadOptions.Columns[\"prompt\"].", await DataFolder.ErrorAsync(path));
        var options = new ReadOptions { Columns = new Dictionary<string, string> { ["prompt"] = "question" } };
        Assert.Equal([new PreferencePair("b", "c", "d")], await DataFolder.AllAsync(PreferenceReader.ReadAsync(path, options)));
    }

    [Fact]
    public async Task Renamed_columns_must_be_there_and_be_used()
    {
        var path = _folder.Lines("rows.jsonl", """{"a": "1", "b": "2", "c": "3", "w": 4}""");
        var columns = new Dictionary<string, string> { ["prompt"] = "a", ["chosen"] = "b", ["rejected"] = "c", ["weight"] = "w" };
        Assert.Equal(
            [new PreferencePair("1", "2", "3") { Weight = 4 }],
            await DataFolder.AllAsync(PreferenceReader.ReadAsync(path, new ReadOptions { Columns = columns })));
        Assert.Equal(
            $"'{path}' must have the column 'd' that ReadOptions.Columns names as id; it has 'a' (text), 'b' (text), 'c' (text), 'w' (numbers).",
            await DataFolder.ErrorAsync(path, new ReadOptions { Columns = new Dictionary<string, string>(columns) { ["id"] = "d" } }));
        Assert.Equal(
            $"'{path}' is read as prompt and two responses, which has no rating to read from 'w', as ReadOptions.Columns says.",
            await DataFolder.ErrorAsync(path, new ReadOptions { Columns = new Dictionary<string, string>(columns) { ["rating"] = "w" } }));
    }

    [Fact]
    public async Task Margins_from_scores_need_scores()
    {
        var path = _folder.Lines("rows.jsonl", """{"prompt": "a", "chosen": "c", "rejected": "d"}""");
        Assert.Equal(
            $"'{path}': MarginFromScores needs two columns of scores, such as score_chosen and score_rejected; it has 'prompt' (text), 'chosen' (text), 'rejected' (text).",
            await DataFolder.ErrorAsync(path, new ReadOptions { MarginFromScores = true }));
    }

    [Fact]
    public void Options_are_checked_where_they_are_written()
    {
        Assert.StartsWith(
            "Columns must have keys of prompt, input, system, chosen, rejected, response, messages, text, label, rating, margin, weight, id, source, chosen_score, rejected_score. Actual key was 'promt'.",
            Assert.Throws<ArgumentException>(() => new ReadOptions { Columns = new Dictionary<string, string> { ["promt"] = "a" } }).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "MaxFieldCharacters must be at least 1.", Assert.Throws<ArgumentOutOfRangeException>(() => new ReadOptions { MaxFieldCharacters = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("MaxRecords must be at least 1.", Assert.Throws<ArgumentOutOfRangeException>(() => new ReadOptions { MaxRecords = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "MaxRowGroupBytes must be at least 1.", Assert.Throws<ArgumentOutOfRangeException>(() => new ReadOptions { MaxRowGroupBytes = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("BadRows must be one of Fail, Skip.", Assert.Throws<ArgumentOutOfRangeException>(() => new ReadOptions { BadRows = (BadRows)2 }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_changed_since_it_was_opened_is_refused()
    {
        var path = _folder.Lines("rows.jsonl", """{"prompt": "a", "chosen": "c", "rejected": "d"}""");
        var stream = await PreferenceReader.OpenAsync(path);
        _folder.Lines("rows.jsonl", """{"chosen": "c", "rejected": "d"}""");
        var error = await Assert.ThrowsAsync<DataFormatException>(() => DataFolder.AllAsync(stream));
        Assert.Equal($"'{path}' has changed since it was opened: its columns are no longer those that were found.", error.Message);
    }

    public void Dispose() => _folder.Dispose();
}
