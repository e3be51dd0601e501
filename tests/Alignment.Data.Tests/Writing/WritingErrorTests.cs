namespace Alignment.Data.Tests.Writing;

public sealed class WritingErrorTests : IDisposable
{
    private static readonly Transcript Says = new([new ChatMessage("assistant", "hi")]);

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("rows.parquet");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rows.json")]
    [InlineData("rows.parquet.gz")]
    [InlineData("rows")]
    public async Task Another_extension_lists_those_there_are(string name)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => PromptWriter.WriteAsync(name, [new PromptOnly("p")]));
        Assert.Equal($"The name of the file must end in .parquet, .jsonl or .jsonl.gz. Actual path was '{name}'. (Parameter 'path')", error.Message);
    }

    [Fact]
    public async Task A_mixture_of_text_and_conversations_names_the_row()
    {
        await RefusedAsync([new("p", "c", "r"), new("p", "c", Says)],
            "row 1, column 'rejected' holds a conversation where the file holds text; a file holds one or the other.");
        await RefusedAsync([new(Says, Says, Says), new("p", Says, Says)],
            "row 1, column 'prompt' holds text where the file holds conversations; a file holds one or the other.");
    }

    [Fact]
    public async Task Half_a_surrogate_pair_names_row_column_and_place()
    {
        await RefusedAsync([new("ok 🙂", "c", "a\uD83Db")],
            "row 0, column 'rejected' holds half a surrogate pair at character 1, which UTF-8 has no bytes for.");
        await RefusedAsync([new("p", "c", "r"), new("p", "c", "🙂\uDE42")],
            "row 1, column 'rejected' holds half a surrogate pair at character 2, which UTF-8 has no bytes for.");
        await RefusedAsync([new("p", "c", "r") { Id = "\uD83D" }],
            "row 0, column 'id' holds half a surrogate pair at character 0, which UTF-8 has no bytes for.");
        await RefusedAsync([new(Says, Says, new([new("user", "u"), new("assistant", "a\uD83D")]))],
            "row 0, column 'rejected', message 1, content holds half a surrogate pair at character 1, which UTF-8 has no bytes for.");
    }

    [Fact]
    public async Task What_is_null_in_spite_of_its_type_is_named()
    {
        await RefusedAsync([new("p", "c", "r"), null!], "row 1 is null.");
        await RefusedAsync([new("p", null!, "r")], "row 0, column 'chosen' is null.");
        await RefusedAsync([new(Says, Says, new([new("assistant", null!)]))], "row 0, column 'rejected', message 0, content is null.");
        await RefusedAsync([new(Says, Says, new([new(null!, "")]))], "row 0, column 'rejected', message 0, role is null.");
        await RefusedAsync([new(Says, Says, new((ChatMessage[])[null!]))], "row 0, column 'rejected', message 0 is null.");
    }

    [Fact]
    public async Task A_value_that_comes_too_late_in_a_stream_names_the_option()
    {
        PreferencePair[] pairs = [new("p", "c", "r"), new("p", "c", "r"), new("p", "c", "r") { Margin = 1 }];
        var options = new WriteOptions { RowGroupRows = 2 };
        var error = await Assert.ThrowsAsync<DataFormatException>(() => PreferenceWriter.WriteAsync(Path, pairs.ToAsyncEnumerable(), options));
        Assert.Equal($"'{Path}', row 2, column 'margin' has a value, but the rows of the first row group had none, so that the file lacks the column; " +
            "name it in WriteOptions.OptionalColumns.", error.Message);
        Assert.Empty(_folder.Files());

        await PreferenceWriter.WriteAsync(Path, pairs.ToAsyncEnumerable(), options with { OptionalColumns = ["margin"] });
        Assert.Equal([null, null, 1.0], (await ParquetTable.ReadAsync(Path)).Columns["margin"]);

        await PreferenceWriter.WriteAsync(Path, pairs, options);   // a list is looked through
        Assert.Equal([null, null, 1.0], (await ParquetTable.ReadAsync(Path)).Columns["margin"]);
    }

    [Fact]
    public async Task Unknown_optional_columns_are_refused()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => PromptWriter.WriteAsync(Path, [], new WriteOptions { OptionalColumns = ["margin"] }));
        Assert.Equal("OptionalColumns may name id, source. Actual name was 'margin'. (Parameter 'options')", error.Message);
    }

    [Fact]
    public async Task A_failure_leaves_the_file_that_was_there()
    {
        await File.WriteAllTextAsync(Path, "before");
        await Assert.ThrowsAsync<InvalidOperationException>(() => PromptWriter.WriteAsync(Path, Failing(), new WriteOptions { RowGroupRows = 1 }));
        using var cancelled = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => PromptWriter.WriteAsync(Path, Cancelling(), new WriteOptions { RowGroupRows = 1 }, cancelled.Token));
        Assert.Equal("before", await File.ReadAllTextAsync(Path));
        Assert.Equal([Path], _folder.Files());

        await PromptWriter.WriteAsync(Path, [new PromptOnly("after")]);
        Assert.Equal(["after"], (await ParquetTable.ReadAsync(Path)).Columns["prompt"]);

        static async IAsyncEnumerable<PromptOnly> Failing()
        {
            yield return new PromptOnly("p");
            await Task.Yield();
            throw new InvalidOperationException("the source ends here");
        }

        async IAsyncEnumerable<PromptOnly> Cancelling()
        {
            yield return new PromptOnly("p");
            await cancelled.CancelAsync();
            yield return new PromptOnly("q");
        }
    }

    [Fact]
    public void Options_are_checked_where_they_are_written()
    {
        var rows = Assert.Throws<ArgumentOutOfRangeException>(() => new WriteOptions { RowGroupRows = 0 });
        Assert.StartsWith("RowGroupRows must be at least 1 and at most 1048576.", rows.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new WriteOptions { RowGroupCharacters = (1 << 28) + 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WriteOptions { Compression = (ParquetCompression)9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WriteOptions { CompressionLevel = (System.IO.Compression.CompressionLevel)9 });
        Assert.Throws<ArgumentNullException>(() => new WriteOptions { OptionalColumns = null! });
    }

    private async Task RefusedAsync(PreferencePair[] pairs, string message)
    {
        foreach (var path in (string[])[Path, _folder.File("rows.jsonl")])
        {
            var error = await Assert.ThrowsAsync<DataFormatException>(() => PreferenceWriter.WriteAsync(path, pairs));
            Assert.Equal($"'{path}', {message}", error.Message);
            Assert.Empty(_folder.Files());
        }
    }
}
