namespace Alignment.Data.Tests.Writing;

/// <summary>The law of files: what a writer wrote, its reader reads, for every kind of record, format and content, without an option.</summary>
public sealed class WriterReaderTests : IDisposable
{
    private const int Count = 300;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rows.parquet", false)]
    [InlineData("rows.parquet", true)]
    [InlineData("rows.jsonl", false)]
    [InlineData("rows.jsonl", true)]
    [InlineData("rows.jsonl.gz", false)]
    [InlineData("rows.jsonl.gz", true)]
    public async Task What_is_written_is_what_is_read(string name, bool conversational)
    {
        var path = _folder.File(name);
        var records = new RandomRecords(seed: 7, conversational);
        var options = new WriteOptions { RowGroupRows = 70 };

        var pairs = Rows(records.Pair);
        await PreferenceWriter.WriteAsync(path, pairs, options);
        Assert.Equal(pairs, await PreferenceReader.ReadAsync(path).ToListAsync());

        var judged = Rows(records.Unpaired);
        await UnpairedWriter.WriteAsync(path, judged, options);
        Assert.Equal(judged, await UnpairedReader.ReadAsync(path).ToListAsync());

        var prompts = Rows(records.PromptOnly);
        await PromptWriter.WriteAsync(path, prompts, options);
        Assert.Equal(prompts, await PromptReader.ReadAsync(path).ToListAsync());

        var demonstrations = Rows(records.Demonstration);
        await DemonstrationWriter.WriteAsync(path, demonstrations, options);
        Assert.Equal(demonstrations, await DemonstrationReader.ReadAsync(path).ToListAsync());

        var rated = Rows(records.Rated);
        await RatedWriter.WriteAsync(path, rated, options);
        Assert.Equal(rated, await RatedReader.ReadAsync(path).ToListAsync());
    }

    private static List<T> Rows<T>(Func<T> create) => [.. Enumerable.Range(0, Count).Select(_ => create())];
}
