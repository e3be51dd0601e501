namespace Alignment.Models;

/// <summary>Keeps what a folder's own files name within that folder, whether the way out is a path or a symbolic link.</summary>
internal static class InsideFolder
{
    private const int MostLinks = 40;   // as many as Linux follows

    /// <summary>The full path of a file that another file of the folder names.</summary>
    /// <exception cref="SafetensorsException">The name is more than a file name, the file is not there, or it lies elsewhere.</exception>
    public static string Resolve(string folder, string name, string namedBy)
    {
        var quoted = SafetensorsException.Quoted(name);
        if (name.Length == 0 || name is "." or ".." || name.AsSpan().ContainsAny('/', '\\', ':') || name.Contains('\0'))
            throw new SafetensorsException($"{namedBy}: must name plain files of its own folder; named {quoted}.");
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            throw new SafetensorsException($"{namedBy}: names {quoted}, which is not in the folder. Was the download complete?");
        return Contains(folder, path)
            ? path
            : throw new SafetensorsException($"{namedBy}: {quoted} must lie in the model's folder; it is a link to '{RealPath(path)}'.");
    }

    /// <summary>Whether a file of the folder lies there, and not elsewhere behind a link.</summary>
    public static bool Contains(string folder, string path)
    {
        var (root, real) = (RealPath(folder), RealPath(path));
        return IsBelow(root, real) || IsBelow(HubBlobs(root), real);
    }

    // In the cache of Hugging Face's hub, models--X/snapshots/<revision> holds links to models--X/blobs.
    private static string? HubBlobs(string root) =>
        Path.GetDirectoryName(root) is { } snapshots && Path.GetFileName(snapshots) == "snapshots"
            ? Path.Combine(Path.GetDirectoryName(snapshots)!, "blobs")
            : null;

    private static bool IsBelow(string? root, string path) =>
        root is not null && path.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path with every link on the way replaced by what it points to.</summary>
    private static string RealPath(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        for (var links = 0; links < MostLinks; links++)
        {
            if (FirstLink(full) is not { } link) return full;
            var target = Path.Combine(Path.GetDirectoryName(link.Path)!, link.Target);
            full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(target, Path.GetRelativePath(link.Path, full))));
        }
        throw new SafetensorsException($"'{path}' must be reached through at most {MostLinks} links.");
    }

    private static (string Path, string Target)? FirstLink(string full)
    {
        var parents = new Stack<string>();
        for (var part = full; part is not null; part = Path.GetDirectoryName(part)) parents.Push(part);
        foreach (var part in parents)
            if (new FileInfo(part).LinkTarget is { } target) return (part, target);
        return null;
    }
}
