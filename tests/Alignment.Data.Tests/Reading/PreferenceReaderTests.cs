namespace Alignment.Data.Tests.Reading;

/// <summary>Pairs from Parquet: order, places, damage, cancellation.</summary>
public sealed class PreferenceReaderTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Fact]
    public async Task Pairs_come_in_order_over_row_groups()
    {
        var pairs = await DataFolder.AllAsync(PreferenceReader.ReadAsync(await WriteAsync("p0", "p1", "p2", "안녕 😀", "p4")));
        Assert.Equal(["p0", "p1", "p2", "안녕 😀", "p4"], pairs.Select(pair => pair.Prompt.Text));
        Assert.Equal(new PreferencePair("p2", "p2 good", "p2 bad"), pairs[2]);
    }

    [Fact]
    public async Task A_null_names_file_row_group_row_and_column()
    {
        var path = await WriteAsync("p0", "p1", "p2", null);
        Assert.Equal($"'{path}', row group 1, row 1 (row 3 of the file), column 'prompt' must hold text; it is null.", await DataFolder.ErrorAsync(path));
    }

    [Fact]
    public async Task What_stands_before_a_bad_row_is_given_first()
    {
        var path = await WriteAsync("p0", "p1", "p2", null);
        var read = new List<string?>();
        await Assert.ThrowsAsync<DataFormatException>(async () =>
        {
            await foreach (var pair in PreferenceReader.ReadAsync(path)) read.Add(pair.Prompt.Text);
        });
        Assert.Equal(["p0", "p1", "p2"], read);
    }

    [Fact]
    public async Task A_file_of_another_kind_is_refused()
    {
        var path = _folder.Lines("text.parquet", "not a parquet file at all");
        Assert.StartsWith($"'{path}' is not a Parquet file that can be read: ", await DataFolder.ErrorAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_cut_short_is_refused_wherever_it_is_cut()
    {
        var bytes = await File.ReadAllBytesAsync(await WriteAsync("p0", "p1", "p2", "p3"));
        for (var length = 0; length < bytes.Length; length += 7)
        {
            var path = _folder.Bytes("short.parquet", bytes[..length]);
            Assert.StartsWith($"'{path}' is not a Parquet file that can be read: ", await DataFolder.ErrorAsync(path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_damaged_page_names_row_group_and_column()
    {
        var path = await WriteAsync("p0", "p1", "p2", "p3");
        var bytes = await File.ReadAllBytesAsync(path);
        var second = bytes.AsSpan().IndexOf("p2 good"u8);
        bytes.AsSpan(second - 8, 8).Fill(0xFF);   // the length of the text and what lies before it
        await File.WriteAllBytesAsync(path, bytes);
        Assert.StartsWith($"'{path}', row group 1, column 'chosen' can't be read: ", await DataFolder.ErrorAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_rows_gives_none()
    {
        var stream = await PreferenceReader.OpenAsync(await WriteAsync());
        Assert.Empty(await DataFolder.AllAsync(stream));
        Assert.Equal(0, stream.Rows);
    }

    [Fact]
    public async Task Reading_stops_when_it_is_cancelled()
    {
        var path = await WriteAsync("p0", "p1", "p2", "p3");
        using var cancelled = new CancellationTokenSource();
        var read = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in PreferenceReader.ReadAsync(path, cancellationToken: cancelled.Token))
                if (++read == 1) await cancelled.CancelAsync();
        });
        Assert.Equal(1, read);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PreferenceReader.OpenAsync(path, cancellationToken: cancelled.Token));
    }

    public void Dispose() => _folder.Dispose();

    // Two rows a group.
    private Task<string> WriteAsync(params string?[] prompts) => _folder.TextsAsync("pairs.parquet", 2,
        new Parquet.ParquetOptions { CompressionMethod = Parquet.CompressionMethod.None },
        ("prompt", prompts), ("chosen", [.. prompts.Select(prompt => prompt + " good")]), ("rejected", [.. prompts.Select(prompt => prompt + " bad")]));
}
