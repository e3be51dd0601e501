using System.Text.Json;

namespace Alignment.Data.Tests.Writing;

/// <summary>Random records of every kind through both formats, read back by Parquet.Net and System.Text.Json themselves.</summary>
public sealed class RoundTripTests : IDisposable
{
    private const int Count = 300;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public async Task What_is_written_is_what_is_read(int seed, bool conversational)
    {
        var records = new RandomRecords(seed, conversational);
        await CheckAsync(records.Pair, PreferenceWriter.WriteAsync, row => new PreferencePair(row.Prompt, row.Transcript("chosen"), row.Transcript("rejected"))
        {
            Margin = row.Number("margin"), Weight = row.Number("weight"), Id = row.Text("id"), Source = row.Text("source"),
        });
        await CheckAsync(records.Unpaired, UnpairedWriter.WriteAsync, row => new UnpairedResponse(row.Prompt, row.Completion, (bool)row.Value("label")!)
        {
            Weight = row.Number("weight"), Id = row.Text("id"), Source = row.Text("source"),
        });
        await CheckAsync(records.PromptOnly, PromptWriter.WriteAsync, row => new PromptOnly(row.Prompt) { Id = row.Text("id"), Source = row.Text("source") });
        await CheckAsync(records.Demonstration, DemonstrationWriter.WriteAsync, row => new Demonstration(row.Prompt, row.Completion)
        {
            Weight = row.Number("weight"), Id = row.Text("id"), Source = row.Text("source"),
        });
        await CheckAsync(records.Rated, RatedWriter.WriteAsync, row => new RatedResponse(row.Prompt, row.Completion, row.Number("rating")!.Value)
        {
            Id = row.Text("id"), Source = row.Text("source"),
        });
    }

    private delegate Task<long> Write<T>(string path, IAsyncEnumerable<T> rows, WriteOptions? options, CancellationToken cancellationToken);

    private async Task CheckAsync<T>(Func<T> create, Write<T> writeAsync, Func<ReadRow, T> read)
    {
        T[] rows = [.. Enumerable.Range(0, Count).Select(_ => create())];
        var options = new WriteOptions { RowGroupRows = 100 };
        Assert.Equal(Count, await writeAsync(_folder.File("rows.parquet"), rows.ToAsyncEnumerable(), options, default));
        var table = await ParquetTable.ReadAsync(_folder.File("rows.parquet"));
        Assert.Equal(rows, Enumerable.Range(0, Count).Select(row => read(new ReadRow(name => table.Columns[name][row]))));

        Assert.Equal(Count, await writeAsync(_folder.File("rows.jsonl"), rows.ToAsyncEnumerable(), options, default));
        var lines = (await File.ReadAllTextAsync(_folder.File("rows.jsonl"))).Split('\n');
        Assert.Equal(Count + 1, lines.Length);
        Assert.Equal(rows, lines.SkipLast(1).Select(line => read(new ReadRow(name => Value(JsonElement.Parse(line).GetProperty(name))))));
    }

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Array => value.EnumerateArray().Select(message => $"{message.GetProperty("role")}|{message.GetProperty("content")}").ToArray(),
        _ => value.GetBoolean(),
    };

    private sealed record ReadRow(Func<string, object?> Value)
    {
        public Transcript Prompt => Transcript("prompt");

        public Transcript Completion => Transcript("completion");

        public string? Text(string name) => (string?)Value(name);

        public double? Number(string name) => (double?)Value(name);

        public Transcript Transcript(string name) => Value(name) is string[] messages
            ? new Transcript([.. messages.Select(message => message.Split('|', 2)).Select(parts => new ChatMessage(parts[0], parts[1]))])
            : new Transcript(Text(name)!);
    }
}
