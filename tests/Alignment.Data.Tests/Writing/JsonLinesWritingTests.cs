using System.IO.Compression;
using System.Text.Json;

namespace Alignment.Data.Tests.Writing;

public sealed class JsonLinesWritingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Lines_are_what_they_should_be_to_the_byte()
    {
        var path = _folder.File("rows.jsonl");
        PreferencePair[] pairs =
        [
            new("Größe? 안녕 <b>'\"\\", "ja\nnein", "") { Margin = 2, Weight = 1e300, Id = "a" },
            new("p", "c", "r") { Margin = 0.1, Source = "s" },
        ];
        await PreferenceWriter.WriteAsync(path, pairs);
        const string Expected =
            """{"prompt":"Größe? 안녕 <b>'\"\\","chosen":"ja\nnein","rejected":"","margin":2.0,"weight":1E+300,"id":"a","source":null}""" + "\n" +
            """{"prompt":"p","chosen":"c","rejected":"r","margin":0.1,"weight":null,"id":null,"source":"s"}""" + "\n";
        Assert.Equal(Expected, System.Text.Encoding.UTF8.GetString(await File.ReadAllBytesAsync(path)));
    }

    [Fact]
    public async Task Conversations_and_every_kind_of_record()
    {
        var path = _folder.File("rows.jsonl");
        Transcript says = new([new ChatMessage("user", "hi"), new ChatMessage("assistant", "")]);
        const string Says = """[{"role":"user","content":"hi"},{"role":"assistant","content":""}]""";

        await UnpairedWriter.WriteAsync(path, [new UnpairedResponse(says, says, false)]);
        Assert.Equal($$"""{"prompt":{{Says}},"completion":{{Says}},"label":false}""" + "\n", await File.ReadAllTextAsync(path));
        await PromptWriter.WriteAsync(path, [new PromptOnly(says)]);
        Assert.Equal($$"""{"prompt":{{Says}}}""" + "\n", await File.ReadAllTextAsync(path));
        await DemonstrationWriter.WriteAsync(path, [new Demonstration(says, says)]);
        Assert.Equal($$"""{"prompt":{{Says}},"completion":{{Says}}}""" + "\n", await File.ReadAllTextAsync(path));
        await RatedWriter.WriteAsync(path, [new RatedResponse("p", "r", -3)]);
        Assert.Equal("""{"prompt":"p","completion":"r","rating":-3.0}""" + "\n", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Every_character_comes_back_from_one_line()
    {
        var path = _folder.File("rows.jsonl");
        var text = string.Concat(Enumerable.Range(0, 0x10000).Where(code => code is < 0xD800 or > 0xDFFF).Select(code => (char)code)) + "\U0001F642\U0010FFFF";
        await PromptWriter.WriteAsync(path, [new PromptOnly(text)]);
        var bytes = await File.ReadAllBytesAsync(path);
        Assert.Equal(bytes.Length - 1, bytes.AsSpan().IndexOf((byte)'\n'));
        using var line = JsonDocument.Parse(bytes);
        Assert.Equal(text, line.RootElement.GetProperty("prompt").GetString());
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(-1.0 / 3)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    [InlineData(123456789012345680.0)]
    [InlineData(-0.0)]
    public async Task Numbers_read_back_the_same_and_as_fractions(double rating)
    {
        var path = _folder.File("rows.jsonl");
        await RatedWriter.WriteAsync(path, [new RatedResponse("p", "r", rating)]);
        using var line = JsonDocument.Parse(await File.ReadAllBytesAsync(path));
        var number = line.RootElement.GetProperty("rating");
        Assert.Equal(BitConverter.DoubleToInt64Bits(rating), BitConverter.DoubleToInt64Bits(number.GetDouble()));
        Assert.False(number.TryGetInt64(out _));
    }

    [Fact]
    public async Task A_name_in_gz_is_compressed()
    {
        var path = _folder.File("rows.jsonl.gz");
        var rows = Enumerable.Range(0, 5000).Select(i => new PromptOnly($"prompt {i}"));
        var count = await PromptWriter.WriteAsync(path, rows, new WriteOptions { RowGroupRows = 999 });
        await using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        var lines = (await reader.ReadToEndAsync()).Split('\n');
        Assert.Equal((5000, 5001, ""), (count, lines.Length, lines[^1]));
        Assert.All(lines.SkipLast(1).Index(), line => Assert.Equal($$"""{"prompt":"prompt {{line.Index}}"}""", line.Item));
    }

    [Fact]
    public async Task A_file_without_rows_is_empty()
    {
        Assert.Equal(0, await PromptWriter.WriteAsync(_folder.File("rows.jsonl"), []));
        Assert.Equal(0, new FileInfo(_folder.File("rows.jsonl")).Length);
    }
}
