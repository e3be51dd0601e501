using static System.Text.Encoding;

namespace Alignment.Data.Tests.Reading;

/// <summary>Lines of JSON as files have them: line breaks, marks, compression, damage.</summary>
[Collection(RunsAlone.Name)]
public sealed class JsonLinesTests : IDisposable
{
    private static readonly PreferencePair A = new("a", "b", "c");

    private readonly DataFolder _folder = new();

    private static string Row(string prompt = "a") => $$"""{"prompt": "{{prompt}}", "chosen": "b", "rejected": "c"}""";

    [Theory]
    [InlineData("{0}\n{0}\n")]
    [InlineData("{0}\r\n{0}")]
    [InlineData("\uFEFF{0}\n\n  \r\n{0}\n\n")]
    public async Task Line_breaks_blank_lines_and_a_byte_order_mark(string form) =>
        Assert.Equal([A, A], await ReadAsync(UTF8.GetBytes(form.Replace("{0}", Row(), StringComparison.Ordinal))));

    [Fact]
    public async Task Gzip_is_known_by_its_first_bytes_and_may_be_several_after_another()
    {
        var member = DataFolder.Gzip(UTF8.GetBytes(Row() + "\n"));
        var path = _folder.Bytes("rows.data", [.. member, .. member]);
        var stream = await PreferenceReader.OpenAsync(path);
        Assert.Equal(DataFileFormat.GzipJsonLines, stream.Files[0].Format);
        Assert.Equal([A, A], await DataFolder.AllAsync(stream));
    }

    [Fact]
    public async Task Gzip_that_was_cut_or_damaged_is_an_error()
    {
        var bytes = DataFolder.Gzip(UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(i => Row($"{i}") + "\n"))));
        foreach (var broken in (byte[][])[bytes[..(bytes.Length / 2)], bytes[..^4], [.. bytes[..^9], 1, 2, 3, 4, 5, 6, 7, 8, 9], [.. bytes, .. bytes[..5]], [.. bytes, 0, 1]])
        {
            var path = _folder.Bytes("rows.jsonl.gz", broken);
            Assert.Matches("can't be decompressed after line [0-9]+: ", await DataFolder.ErrorAsync(path));
        }
    }

    [Fact]
    public async Task Gzip_is_never_taken_for_whole_wherever_it_is_cut()
    {
        var bytes = DataFolder.Gzip(UTF8.GetBytes(string.Concat(Enumerable.Range(0, 50).Select(i => Row($"{i * i}") + "\n"))));
        for (var length = 2; length < bytes.Length; length++)
            Assert.NotEmpty(await DataFolder.ErrorAsync(_folder.Bytes("rows.jsonl.gz", bytes[..length])));
        Assert.Equal(50, (await DataFolder.AllAsync(PreferenceReader.ReadAsync(_folder.Bytes("rows.jsonl.gz", bytes)))).Count);
    }

    [Fact]
    public async Task A_line_over_the_limit_is_never_held()
    {
        var path = _folder.Bytes("rows.jsonl", [.. UTF8.GetBytes(Row() + "\n"), .. Enumerable.Repeat((byte)'x', 32 << 20)]);
        var before = GC.GetTotalAllocatedBytes();
        var stream = await PreferenceReader.OpenAsync(path, new ReadOptions { MaxLineBytes = 1000, BadRows = BadRows.Skip });
        Assert.Equal([A], await DataFolder.AllAsync(stream));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 8 << 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1000)]
    public async Task No_row_is_lost_between_blocks(int count)
    {
        var pairs = await ReadAsync(UTF8.GetBytes(string.Concat(Enumerable.Range(0, count).Select(i => Row($"{i} {new string('x', i % 700)}") + "\n"))));
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i} {new string('x', i % 700)}"), pairs.Select(pair => pair.Prompt.Text));
    }

    [Fact]
    public async Task A_line_longer_than_the_buffer_is_read_whole() =>
        Assert.Equal(300_000, Assert.Single(await ReadAsync(UTF8.GetBytes(Row(new string('x', 300_000))))).Prompt.Text!.Length);

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(500_000, false)]
    public async Task A_line_over_the_limit_is_passed_over(int excess, bool fits)
    {
        const int Limit = 100_000;
        var line = Row(new string('x', Limit + excess - Row("").Length));
        Assert.Equal(Limit + excess, line.Length);
        foreach (var end in (string[])["\n", ""])
        {
            var path = _folder.Bytes("rows.jsonl", UTF8.GetBytes(Row() + "\n" + line + (end.Length > 0 ? end + Row() + end : "")));
            var stream = await PreferenceReader.OpenAsync(path, new ReadOptions { MaxLineBytes = Limit, BadRows = BadRows.Skip });
            Assert.Equal((fits ? 2 : 1) + end.Length, (await DataFolder.AllAsync(stream)).Count);
            if (!fits)
                Assert.Equal([new(RowProblem.TooLong, 1, $"'{path}', line 2, the line must have at most MaxLineBytes = 100000 bytes; it has more.")], stream.Counts.Skipped);
        }
    }

    [Fact]
    public async Task A_key_that_comes_twice_is_an_error()
    {
        var path = _folder.Lines("rows.jsonl", Row(), """{"prompt": "a", "chosen": "b", "rejected": "c", "prompt": "d"}""");
        Assert.StartsWith($"'{path}', line 2, the line must be a JSON object: ", await DataFolder.ErrorAsync(path), StringComparison.Ordinal);
        path = _folder.Lines("chat.jsonl", """{"messages": [{"role": "user", "role": "user", "content": "a"}]}""");
        await Assert.ThrowsAsync<DataFormatException>(() => DataFolder.AllAsync(PromptReader.ReadAsync(path)));
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_a_bad_row()
    {
        byte[] bad = [.. UTF8.GetBytes(Row() + "\n{\"prompt\": \""), 0xFF, 0xFE, .. UTF8.GetBytes("\", \"chosen\": \"b\", \"rejected\": \"c\"}\n")];
        var path = _folder.Bytes("rows.jsonl", bad);
        Assert.Equal($"'{path}', line 2, the line must be UTF-8; it isn't.", await DataFolder.ErrorAsync(path));
    }

    [Theory]
    [InlineData("""{"\ud800": 1, "prompt": "a", "chosen": "b", "rejected": "c"}""")]
    [InlineData("""{"prompt": "a", "chosen": "b", "rejected": "c", "x": {"\udc00": 1}}""")]
    public async Task A_key_of_half_a_character_is_a_bad_row_or_no_matter(string row)
    {
        foreach (var lines in (string[][])[[row, Row()], [Row(), row]])
        {
            var stream = await PreferenceReader.OpenAsync(_folder.Lines("rows.jsonl", lines), new ReadOptions { BadRows = BadRows.Skip });
            Assert.All(await DataFolder.AllAsync(stream), pair => Assert.Equal(A, pair));
            Assert.Equal(2, stream.Counts.Rows);
        }
    }

    [Fact]
    public async Task A_JSON_list_is_refused_with_the_way_out()
    {
        var path = _folder.Lines("rows.json", " [" + Row() + "]");
        Assert.Equal($"'{path}' begins with a JSON list, which can't be streamed. Write its objects one a line: jq -c '.[]' list.json > rows.jsonl", await DataFolder.ErrorAsync(path));
    }

    [Fact]
    public async Task Something_else_is_neither()
    {
        var path = _folder.Lines("rows.txt", "prompt,chosen,rejected");
        Assert.StartsWith($"'{path}' is neither Parquet nor lines of JSON: line 1, the line must be a JSON object: ", await DataFolder.ErrorAsync(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public async Task A_file_without_rows_gives_none(string text)
    {
        var stream = await PreferenceReader.OpenAsync(_folder.Bytes("rows.jsonl", UTF8.GetBytes(text)));
        Assert.Empty(await DataFolder.AllAsync(stream));
        Assert.Equal("no rows", stream.Files[0].Shape);
    }

    [Fact]
    public async Task The_kind_of_a_column_is_that_of_its_first_value_within_100_rows()
    {
        var path = _folder.Lines("rows.jsonl", [.. Enumerable.Repeat("""{"prompt": null, "chosen": "b", "rejected": "c"}""", 99), Row()]);
        var stream = await PreferenceReader.OpenAsync(path, new ReadOptions { BadRows = BadRows.Skip });
        Assert.Equal([A], await DataFolder.AllAsync(stream));
        Assert.Equal(99, Assert.Single(stream.Counts.Skipped).Count);
    }

    public void Dispose() => _folder.Dispose();

    private Task<List<PreferencePair>> ReadAsync(byte[] bytes) => DataFolder.AllAsync(PreferenceReader.ReadAsync(_folder.Bytes("rows.jsonl", bytes)));
}
