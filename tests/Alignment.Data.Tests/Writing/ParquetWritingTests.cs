namespace Alignment.Data.Tests.Writing;

public sealed class ParquetWritingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("rows.parquet");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pairs_have_the_columns_of_the_field()
    {
        PreferencePair[] pairs =
        [
            new("p0", "c0", "r0") { Margin = 1.5, Id = "a" },
            new("p1", "", "r1") { Weight = 0, Source = "s" },
        ];
        Assert.Equal(2, await PreferenceWriter.WriteAsync(Path, pairs));
        var table = await ParquetTable.ReadAsync(Path);
        Assert.Equal(["prompt", "chosen", "rejected", "margin", "weight", "id", "source"], table.Names);
        Assert.Equal("prompt=p0; chosen=c0; rejected=r0; margin=1.5; weight=; id=a; source=", table.Row(0));
        Assert.Equal("prompt=p1; chosen=; rejected=r1; margin=; weight=0; id=; source=s", table.Row(1));
        Assert.Equal(["", null], [table.Columns["chosen"][1], table.Columns["id"][1]]);   // an empty text is not a null
        Assert.Equal(["ZSTD"], table.Codecs);
    }

    [Fact]
    public async Task Every_kind_of_record_has_its_columns()
    {
        await UnpairedWriter.WriteAsync(Path, [new UnpairedResponse("p", "r", true), new UnpairedResponse("p", "s", false)]);
        var table = await ParquetTable.ReadAsync(Path);
        Assert.Equal(["prompt=p; completion=r; label=True", "prompt=p; completion=s; label=False"], [table.Row(0), table.Row(1)]);

        await PromptWriter.WriteAsync(Path, [new PromptOnly("p") { Id = "1" }]);
        Assert.Equal("prompt=p; id=1", (await ParquetTable.ReadAsync(Path)).Row(0));

        await DemonstrationWriter.WriteAsync(Path, [new Demonstration("p", "r") { Weight = 2 }]);
        Assert.Equal("prompt=p; completion=r; weight=2", (await ParquetTable.ReadAsync(Path)).Row(0));

        await RatedWriter.WriteAsync(Path, [new RatedResponse("p", "r", -0.25) { Source = "s" }]);
        Assert.Equal("prompt=p; completion=r; rating=-0.25; source=s", (await ParquetTable.ReadAsync(Path)).Row(0));
    }

    [Fact]
    public async Task Conversations_are_lists_of_role_and_content()
    {
        var prompt = new Transcript([new("system", ""), new("user", "안녕"), new("assistant", "a\nb"), new("tool", "{\"x\": 1}"), new("user", "🙂")]);
        PreferencePair[] pairs = [new(prompt, Says("c"), Says("r")), new(Says("hi"), Says("d"), Says("s"))];
        await PreferenceWriter.WriteAsync(Path, pairs);
        var table = await ParquetTable.ReadAsync(Path);
        Assert.Equal((string[])["system|", "user|안녕", "assistant|a\nb", "tool|{\"x\": 1}", "user|🙂"], table.Columns["prompt"][0]);
        Assert.Equal((string[])["assistant|hi"], table.Columns["prompt"][1]);
        Assert.Equal("prompt=[assistant|hi]; chosen=[assistant|d]; rejected=[assistant|s]", table.Row(1));
    }

    [Fact]
    public async Task Every_character_comes_back()
    {
        // All of the first plane but the surrogates, 0 included, and some of each plane beyond.
        var text = string.Concat(Enumerable.Range(0, 0x10000).Where(code => code is < 0xD800 or > 0xDFFF).Select(code => (char)code))
            + string.Concat(Enumerable.Range(1, 16).SelectMany(plane => (int[])[plane << 16, (plane << 16) + 0xFFFF]).Select(char.ConvertFromUtf32));
        await PreferenceWriter.WriteAsync(Path, [new PreferencePair(text, "\r\n", "\0")]);
        var table = await ParquetTable.ReadAsync(Path);
        Assert.Equal((text, "\r\n", "\0"), (table.Columns["prompt"][0], table.Columns["chosen"][0], table.Columns["rejected"][0]));
    }

    [Fact]
    public async Task Row_groups_are_bounded_by_rows_and_by_characters()
    {
        var rows = Enumerable.Range(0, 7).Select(i => new PromptOnly(new string('x', i)));
        await PromptWriter.WriteAsync(Path, rows, new WriteOptions { RowGroupRows = 3 });
        var table = await ParquetTable.ReadAsync(Path);
        Assert.Equal([3, 3, 1], table.GroupRows);

        // Lengths 0 to 6, at most 5 in a group: 0 1 2 | 3 | 4 | 5 | 6, the last too long for any group and in one of its own.
        await PromptWriter.WriteAsync(Path, rows, new WriteOptions { RowGroupCharacters = 5 });
        table = await ParquetTable.ReadAsync(Path);
        Assert.Equal([3, 1, 1, 1, 1], table.GroupRows);
        Assert.Equal(Enumerable.Range(0, 7), table.Columns["prompt"].Select(text => ((string)text!).Length));
    }

    [Theory]
    [InlineData(ParquetCompression.None, "UNCOMPRESSED")]
    [InlineData(ParquetCompression.Snappy, "SNAPPY")]
    [InlineData(ParquetCompression.Zstd, "ZSTD")]
    [InlineData(ParquetCompression.Gzip, "GZIP")]
    public async Task Pages_are_compressed_as_asked(ParquetCompression compression, string codec)
    {
        await PromptWriter.WriteAsync(Path, [new PromptOnly("p")], new WriteOptions { Compression = compression });
        var table = await ParquetTable.ReadAsync(Path);
        Assert.Equal([codec, "p"], [table.Codecs[0], table.Columns["prompt"][0]]);
    }

    [Fact]
    public async Task A_file_without_rows_has_its_columns()
    {
        Assert.Equal(0, await UnpairedWriter.WriteAsync(Path, []));
        var table = await ParquetTable.ReadAsync(Path);
        Assert.Equal(["prompt", "completion", "label"], table.Names);
        Assert.Empty(table.GroupRows);
    }

    private static Transcript Says(string text) => new([new ChatMessage("assistant", text)]);
}
