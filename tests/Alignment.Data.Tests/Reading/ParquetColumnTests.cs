using Parquet;
using Parquet.Schema;

namespace Alignment.Data.Tests.Reading;

/// <summary>Columns as Parquet has them: codecs, numbers of every width, lists that are absent at every depth, promises that can't be kept.</summary>
[Collection(RunsAlone.Name)]
public sealed class ParquetColumnTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Zstd)]
    [InlineData(CompressionMethod.Brotli)]
    [InlineData(CompressionMethod.Lz4Raw)]
    public async Task Every_codec(CompressionMethod method)
    {
        // Few distinct prompts make a dictionary, distinct answers plain values.
        string[] prompts = [.. Enumerable.Range(0, 1000).Select(i => $"질문 {i % 3} 😀")];
        string[] chosen = [.. Enumerable.Range(0, 1000).Select(i => new string('x', i))];
        string[] rejected = [.. Enumerable.Range(0, 1000).Select(i => $"no {i}")];
        var path = await _folder.TextsAsync("rows.parquet", 300, new ParquetOptions { CompressionMethod = method }, ("prompt", prompts), ("chosen", chosen), ("rejected", rejected));
        var stream = await PreferenceReader.OpenAsync(path);
        var pairs = await DataFolder.AllAsync(stream);
        Assert.Equal(1000, stream.Rows);
        Assert.Equal(prompts.Zip(chosen, rejected).Select(row => new PreferencePair(row.First, row.Second, row.Third)), pairs);
    }

    [Fact]
    public async Task Lists_messages_and_contents_that_are_absent()
    {
        // Levels of a content: 0 no list, 1 empty list, 2 absent message, 3 absent content, 4 content.
        var path = await MessagesAsync(["user", "user", "user", "assistant"], ["a", "b", "c"], [4, 0, 1, 2, 4, 4, 4], [4, 0, 1, 2, 3, 4, 4], [0, 0, 0, 0, 0, 0, 1]);
        var stream = await PromptReader.OpenAsync(path, new ReadOptions { BadRows = BadRows.Skip });
        Assert.Equal([new PromptOnly(new Transcript([new ChatMessage("user", "a")]))], await DataFolder.AllAsync(stream));
        string Where(int row) => $"'{path}', row group 0, row {row} (row {row} of the file)";
        Assert.Equal(
            [
                new(RowProblem.Missing, 1, $"{Where(1)}, column 'messages' must hold messages; it is null."),
                new(RowProblem.BadMessages, 3, $"{Where(2)}, column 'messages' must hold at least one message; the list is empty."),
                new(RowProblem.UnexpectedTurn, 1,
                    $"{Where(5)}, the conversation must end with the user or a tool, so that there is something to answer; it ends with the assistant."),
            ],
            stream.Counts.Skipped);
    }

    [Fact]
    public async Task Roles_and_contents_of_different_lists_are_refused()
    {
        var path = await MessagesAsync(["user", "user", "user"], ["a", "b", "c"], [4, 4, 4], [4, 4, 4], [0, 0, 1], contentRepetitions: [0, 1, 0]);
        var error = await Assert.ThrowsAsync<DataFormatException>(() => DataFolder.AllAsync(PromptReader.ReadAsync(path)));
        Assert.Equal($"'{path}', row group 0, column 'messages' can't be read: roles and contents are lists of different lengths.", error.Message);
    }

    [Fact]
    public async Task Numbers_of_every_width_are_weights()
    {
        await CheckAsync<double>(1.5, 1.5);
        await CheckAsync<float>(1.5f, 1.5);
        await CheckAsync<long>(3, 3);
        await CheckAsync<int>(3, 3);
        await CheckAsync<short>(3, 3);
        await CheckAsync<sbyte>(3, 3);
        await CheckAsync<byte>(3, 3);
        await CheckAsync<ushort>(3, 3);
        await CheckAsync<uint>(uint.MaxValue, 4294967295.0);
        await CheckAsync<ulong>(ulong.MaxValue, 18446744073709551615.0);

        async Task CheckAsync<T>(T value, double expected) where T : struct
        {
            var required = await WeightsAsync(new DataField<T>("weight"), (group, field) => group.WriteAsync<T>(field, (T[])[value, value]));
            Assert.Equal([expected, expected], required);
            var optional = await WeightsAsync(new DataField<T?>("weight"), (group, field) => group.WriteAsync<T>(field, (T?[])[null, value]));
            Assert.Equal([null, expected], optional);
        }
    }

    [Fact]
    public async Task Parts_that_are_not_read_are_reported()
    {
        var role = new DataField<string>("role");
        var content = new DataField<string>("content");
        var name = new DataField<string>("name");
        var raw = new DataField<byte[]>("raw");
        var schema = new ParquetSchema(new ListField("messages", new StructField("element", role, name, content)), raw);
        var path = await _folder.ParquetAsync("rows.parquet", schema, null, _ => Task.CompletedTask);
        Assert.Equal(["messages.name", "raw"], (await PromptReader.OpenAsync(path)).Files[0].Ignored);
    }

    [Fact]
    public async Task A_row_group_over_the_limit_is_refused_before_it_is_read()
    {
        var path = await _folder.TextsAsync("rows.parquet", 10, new ParquetOptions { CompressionMethod = CompressionMethod.Zstd }, ("prompt", [new string('x', 1_000_000)]));
        var needed = await PlainBytesAsync(path) + 24;   // a value's place and two levels
        Assert.InRange(needed, 1_000_000, 5_001_000);    // the text, and four times more where its page's header holds the least and the greatest twice
        var error = await Assert.ThrowsAsync<DataFormatException>(() => DataFolder.AllAsync(PromptReader.ReadAsync(path, new ReadOptions { MaxRowGroupBytes = needed - 1 })));
        Assert.Equal($"'{path}', row group 0 needs {needed} bytes, more than MaxRowGroupBytes = {needed - 1}.", error.Message);
        Assert.Single(await DataFolder.AllAsync(PromptReader.ReadAsync(path, new ReadOptions { MaxRowGroupBytes = needed })));
    }

    [Fact]
    public async Task A_small_file_that_promises_many_rows_is_refused_before_memory_is_taken()
    {
        // 1,100,000 is C0 A3 86 01 as a zigzag varint; in its place FE FF FF 7F, 134,217,727, fits as well.
        const int Rows = 1_100_000;
        var path = await _folder.TextsAsync("rows.parquet", Rows, null, ("prompt", new string?[Rows]));
        var bytes = await File.ReadAllBytesAsync(path);
        for (int at; (at = bytes.AsSpan().IndexOf((byte[])[0xC0, 0xA3, 0x86, 0x01])) >= 0;) ((byte[])[0xFE, 0xFF, 0xFF, 0x7F]).CopyTo(bytes, at);
        await File.WriteAllBytesAsync(path, bytes);
        var stream = await PromptReader.OpenAsync(path);
        Assert.Equal(134_217_727, stream.Rows);

        var before = GC.GetTotalAllocatedBytes();
        var error = await Assert.ThrowsAsync<DataFormatException>(() => DataFolder.AllAsync(stream));
        Assert.Matches($"^'{path}', row group 0 promises 134217727 values of column 'prompt' for 134217727 rows in [0-9]+ bytes\\.$", error.Message);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64_000_000);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<long> PlainBytesAsync(string path)
    {
        await using var reader = await ParquetReader.CreateAsync(path);
        return reader.Metadata!.RowGroups[0].Columns[0].MetaData!.TotalUncompressedSize;
    }

    private async Task<IEnumerable<double?>> WeightsAsync(DataField weight, Func<ParquetRowGroupWriter, DataField, Task> write)
    {
        DataField[] texts = [new DataField<string>("prompt"), new DataField<string>("completion")];
        var path = await _folder.ParquetAsync("weights.parquet", new ParquetSchema([.. texts, weight]), null, async writer =>
        {
            using var group = writer.CreateRowGroup();
            foreach (var field in texts) await group.WriteAsync(field, (string[])["a", "b"]);
            await write(group, weight);
        });
        return (await DataFolder.AllAsync(DemonstrationReader.ReadAsync(path))).Select(row => row.Weight);
    }

    private async Task<string> MessagesAsync(
        string[] roles, string[] contents, int[] roleDefinitions, int[] contentDefinitions, int[] repetitions, int[]? contentRepetitions = null)
    {
        var role = new DataField<string>("role");
        var content = new DataField<string>("content");
        return await _folder.ParquetAsync("messages.parquet", new ParquetSchema(new ListField("messages", new StructField("element", role, content))), null, async writer =>
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAllPartsAsync<ReadOnlyMemory<char>>(role, Texts(roles), roleDefinitions, repetitions, default);
            await group.WriteAllPartsAsync<ReadOnlyMemory<char>>(content, Texts(contents), contentDefinitions, contentRepetitions ?? repetitions, default);
        });
    }

    private static ReadOnlyMemory<char>[] Texts(string[] texts) => [.. texts.Select(text => text.AsMemory())];
}
