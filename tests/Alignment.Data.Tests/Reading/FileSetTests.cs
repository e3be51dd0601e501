namespace Alignment.Data.Tests.Reading;

/// <summary>Which files a path means, and in which order.</summary>
public sealed class FileSetTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public FileSetTests()
    {
        foreach (var name in (string[])["b.jsonl", "a/train-10.jsonl", "a/train-2.jsonl", "a/test-0.jsonl", "a/deep/train-1.jsonl", "a/notes.txt", "a/.hidden.jsonl", "a/_SUCCESS.jsonl"])
            _folder.Lines(name, $$"""{"prompt": "{{name}}", "chosen": "1", "rejected": "2"}""");
    }

    [Theory]
    [InlineData("b.jsonl", "b.jsonl")]
    [InlineData("a/train-*.jsonl", "a/train-10.jsonl a/train-2.jsonl")]
    [InlineData("a/train-?.jsonl", "a/train-2.jsonl")]
    [InlineData("*/te*.jsonl", "a/test-0.jsonl")]
    [InlineData("**/train-*.jsonl", "a/deep/train-1.jsonl a/train-10.jsonl a/train-2.jsonl")]
    [InlineData("a/**/train-1*.jsonl", "a/deep/train-1.jsonl a/train-10.jsonl")]
    [InlineData("**/b.jsonl", "b.jsonl")]
    [InlineData("a/*.txt", "a/notes.txt")]
    [InlineData("a/.*.jsonl", "a/.hidden.jsonl")]
    [InlineData("a", "a/deep/train-1.jsonl a/test-0.jsonl a/train-10.jsonl a/train-2.jsonl")]
    public async Task Globs_and_folders(string path, string expected) =>
        Assert.Equal(expected.Split(' '), (await PreferenceReader.OpenAsync(_folder.Of(path))).Files.Select(file => Path.GetRelativePath(_folder.Path, file.Path)));

    [Fact]
    public async Task Several_paths_keep_their_order_and_no_file_comes_twice()
    {
        File.CreateSymbolicLink(_folder.Of("link.jsonl"), _folder.Of("b.jsonl"));
        var pairs = await DataFolder.AllAsync(PreferenceReader.ReadAsync(
            [_folder.Of("a/train-2.jsonl"), _folder.Of("a/train*"), _folder.Of("b.jsonl"), _folder.Of("a/../b.jsonl"), _folder.Of("link.jsonl")]));
        Assert.Equal(["a/train-2.jsonl", "a/train-10.jsonl", "b.jsonl"], pairs.Select(pair => pair.Prompt.Text));
    }

    [Fact]
    public async Task Nothing_there_is_said_in_the_words_of_the_path()
    {
        Directory.CreateDirectory(_folder.Of("empty"));
        Assert.Equal("There is no file '/no/such.parquet'.", await MissingAsync("/no/such.parquet"));
        Assert.Equal($"No file matches '{_folder.Of("a/*.parquet")}'.", await MissingAsync(_folder.Of("a/*.parquet")));
        Assert.Equal($"No file matches '{_folder.Of("none/**/x.parquet")}'.", await MissingAsync(_folder.Of("none/**/x.parquet")));
        Assert.Equal(
            $"The folder '{_folder.Of("empty")}' has no file that ends with .parquet, .jsonl, .ndjson, .jsonl.gz, .ndjson.gz.", await MissingAsync(_folder.Of("empty")));
        await Assert.ThrowsAsync<ArgumentException>(() => PreferenceReader.OpenAsync([]));
        await Assert.ThrowsAsync<ArgumentException>(() => PreferenceReader.OpenAsync(""));
    }

    [Fact]
    public async Task Files_of_several_formats_and_shapes_are_each_reported()
    {
        await _folder.TextsAsync("mixed.parquet", 10, null, ("chosen", ["xy"]), ("rejected", ["xz"]));
        var reports = new Reports();
        var stream = await PreferenceReader.OpenAsync([_folder.Of("b.jsonl"), _folder.Of("mixed.parquet")], new ReadOptions { Source = "mine", Progress = reports });
        Assert.Equal(
            [(DataFileFormat.JsonLines, "prompt and two responses", null), (DataFileFormat.Parquet, "two texts with a common beginning", 1L)],
            stream.Files.Select(file => (file.Format, file.Shape, file.Rows)));
        Assert.Null(stream.Rows);
        Assert.Equal(
            [new("b.jsonl", "1", "2") { Source = "mine" }, new("x", "y", "z") { Source = "mine" }], await DataFolder.AllAsync(stream));
        Assert.Equal(
            [(_folder.Of("b.jsonl"), 1, 2, 1L), (_folder.Of("mixed.parquet"), 2, 2, 2L)],
            reports.Select(report => (report.Path, report.FileNumber, report.FileCount, report.Counts.Records)));
    }

    [Fact]
    public async Task A_limit_of_records_holds_over_files_and_a_second_reading_begins_anew()
    {
        var stream = await PreferenceReader.OpenAsync(_folder.Of("a"), new ReadOptions { MaxRecords = 3 });
        Assert.Equal(3, (await DataFolder.AllAsync(stream)).Count);
        Assert.Equal(3, (await DataFolder.AllAsync(stream)).Count);
        Assert.Equal((3, 3), (stream.Counts.Rows, stream.Counts.Records));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> MissingAsync(string path) => (await Assert.ThrowsAsync<FileNotFoundException>(() => PreferenceReader.OpenAsync(path))).Message;

    private sealed class Reports : List<ReadProgress>, IProgress<ReadProgress>
    {
        public void Report(ReadProgress value) => Add(value);
    }
}
