namespace Alignment.Data.Reading;

/// <summary>The files that paths mean: files, globs and folders.</summary>
internal static class FileSet
{
    private static readonly string[] Extensions = [".parquet", ".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"];

    /// <summary>Every file once, in the order of the paths, those of one path in ordinal order.</summary>
    /// <exception cref="FileNotFoundException">A path means no file.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var files = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var empty = true;
        foreach (var path in paths)
        {
            ArgumentException.ThrowIfNullOrEmpty(path, nameof(paths));
            empty = false;
            files.AddRange(Of(path).Where(file => known.Add(Identity(file))));
        }
        return empty ? throw new ArgumentException("At least one path is needed.", nameof(paths)) : files;
    }

    private static IEnumerable<string> Of(string path)
    {
        if (File.Exists(path)) return [path];
        if (Directory.Exists(path)) return OfFolder(path);
        if (!Glob.IsGlob(path)) throw new FileNotFoundException($"There is no file '{path}'.", path);
        var files = Glob.Find(path);
        return files.Count > 0 ? files : throw new FileNotFoundException($"No file matches '{path}'.", path);
    }

    private static List<string> OfFolder(string folder)
    {
        var files = Glob.FilesBelow(folder).Where(IsData).ToList();
        return files.Count > 0 ? files : throw new FileNotFoundException($"The folder '{folder}' has no file that ends with {string.Join(", ", Extensions)}.", folder);
    }

    // Hidden files, and those that writers have not finished or that describe a data set, are not data.
    private static bool IsData(string path) =>
        Path.GetFileName(path)[0] is not ('.' or '_') && Extensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    // A link and what it leads to are the same file.
    private static string Identity(string path)
    {
        var file = new FileInfo(Path.GetFullPath(path));
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName;
    }
}
