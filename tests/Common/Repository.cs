namespace Alignment.Tests.Common;

/// <summary>Where the repository is that the tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Alignment.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("The tests must run from inside the repository.");
    }
}
