using Alignment.Training;

namespace Alignment.Tests.Observers;

/// <summary>A file that grows by whole records.</summary>
public sealed class AppendFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Records_are_there_at_once_and_a_file_is_cut_back()
    {
        var path = _folder.File("deep", "er", "file");
        using (var file = AppendFile.Create(path))
        {
            file.Append("one\n"u8);
            file.Append("two\n"u8);
            Assert.Equal("one\ntwo\n", Text(path));
            file.FlushToDisk();
        }
        using (var file = AppendFile.Open(path, 4))
        {
            Assert.Equal("one\n", Text(path));
            file.Append("three\n"u8);
        }
        using (AppendFile.Open(path, long.MaxValue)) Assert.Equal("one\nthree\n", Text(path));
    }

    [Fact]
    public void A_file_that_is_there_is_not_made_again()
    {
        var path = _folder.File("file");
        File.WriteAllText(path, "mine");
        Assert.StartsWith($"'{path}' can't be written: ", Assert.Throws<IOException>(() => AppendFile.Create(path)).Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public void A_folder_that_is_a_file_is_named()
    {
        File.WriteAllText(_folder.File("file"), "");
        var path = _folder.File("file", "metrics.jsonl");
        Assert.StartsWith($"'{path}' can't be written: ", Assert.Throws<IOException>(() => AppendFile.Open(path, 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_is_a_folder_is_named() =>
        Assert.StartsWith($"'{_folder.Path}' can't be written: ", Assert.Throws<IOException>(() => AppendFile.Open(_folder.Path, 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_full_disk_is_an_error_that_names_the_file()
    {
        if (!OperatingSystem.IsLinux()) return; // elsewhere no device plays a full disk
        using var file = AppendFile.Open("/dev/full", long.MaxValue);
        Assert.Equal("'/dev/full' can't be written: No space left on device : '/dev/full'", Assert.Throws<IOException>(() => file.Append("one\n"u8)).Message);
    }

    public void Dispose() => _folder.Dispose();

    private static string Text(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }
}
