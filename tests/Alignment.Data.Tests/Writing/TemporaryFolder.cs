namespace Alignment.Data.Tests.Writing;

/// <summary>A folder for the files of one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("alignment-data").FullName;

    public string File(string name) => Path.Combine(_path, name);

    public string[] Files() => Directory.GetFiles(_path, "*", SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
