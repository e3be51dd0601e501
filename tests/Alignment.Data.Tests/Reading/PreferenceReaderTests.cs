using Parquet;
using Parquet.Schema;

namespace Alignment.Data.Tests.Reading;

public sealed class PreferenceReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alignment-data").FullName;

    [Fact]
    public async Task Pairs_come_in_order_over_row_groups()
    {
        var path = await WriteAsync(["p0", "p1"], ["p2", "안녕 😀"]);
        var pairs = await ReadAsync(path);
        Assert.Equal(["p0", "p1", "p2", "안녕 😀"], pairs.Select(pair => pair.Prompt.Text));
        Assert.Equal(new PreferencePair("p2", "p2 good", "p2 bad"), pairs[2]);
    }

    [Fact]
    public async Task Real_transcripts_are_read_whole()
    {
        var error = await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(Golden.Path("..", "data", "hh-sample.parquet")));
        Assert.EndsWith("hh-sample.parquet' must have a column 'prompt'; it has 'chosen', 'rejected'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_of_messages_is_named_with_what_it_holds()
    {
        var error = await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(Golden.Path("runs", "preference_conversational.parquet")));
        Assert.EndsWith("column 'prompt' must hold plain strings; it holds List.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_null_names_file_row_group_row_and_column()
    {
        var path = await WriteAsync(["p0", "p1"], ["p2", null]);
        var error = await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(path));
        Assert.Equal($"'{path}', row group 1, row 1 (row 3 of the file), column 'prompt' must hold text; it is null.", error.Message);
    }

    [Fact]
    public async Task A_file_of_another_kind_is_refused()
    {
        var path = Path.Combine(_folder, "text.parquet");
        await File.WriteAllTextAsync(path, "not a parquet file at all");
        var error = await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(path));
        Assert.StartsWith($"'{path}' is not a Parquet file that can be read: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_cut_short_is_refused()
    {
        var path = await WriteAsync(["p0", "p1"], ["p2", "p3"]);
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)]);
        await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(path));
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var error = await Assert.ThrowsAsync<FileNotFoundException>(() => ReadAsync("/no/such.parquet"));
        Assert.Equal("There is no file '/no/such.parquet'.", error.Message);
    }

    [Fact]
    public async Task Reading_stops_when_it_is_cancelled()
    {
        var path = await WriteAsync(["p0", "p1"], ["p2", "p3"]);
        using var cancelled = new CancellationTokenSource();
        var read = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in PreferenceReader.ReadAsync(path, cancelled.Token))
                if (++read == 1) await cancelled.CancelAsync();
        });
        Assert.Equal(1, read);
    }

    [Fact]
    public async Task Demonstrations_are_read_from_prompt_and_completion()
    {
        var count = 0;
        await foreach (var row in DemonstrationReader.ReadAsync(Golden.Path("runs", "prompt_completion.parquet")))
        {
            Assert.False(string.IsNullOrEmpty(row.Response.Text));
            count++;
        }
        Assert.Equal(40, count);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<List<PreferencePair>> ReadAsync(string path)
    {
        var pairs = new List<PreferencePair>();
        await foreach (var pair in PreferenceReader.ReadAsync(path)) pairs.Add(pair);
        return pairs;
    }

    private async Task<string> WriteAsync(params string?[][] groups)
    {
        var path = Path.Combine(_folder, "pairs.parquet");
        DataField[] fields = [new DataField<string>("prompt"), new DataField<string>("chosen"), new DataField<string>("rejected")];
        await using var stream = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
        foreach (var prompts in groups)
        {
            using var rows = writer.CreateRowGroup();
            await rows.WriteAsync(fields[0], prompts);
            await rows.WriteAsync(fields[1], [.. prompts.Select(prompt => prompt + " good")]);
            await rows.WriteAsync(fields[2], [.. prompts.Select(prompt => prompt + " bad")]);
        }
        return path;
    }
}
