using System.IO.Enumeration;

namespace Alignment.Data.Reading;

/// <summary>Patterns of paths: <c>*</c> and <c>?</c> within a name, <c>**</c> for any depth of folders.</summary>
internal static class Glob
{
    private const string AnyDepth = "**";

    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    private static readonly EnumerationOptions Flat = new() { AttributesToSkip = FileAttributes.None };

    // Folders that are links are not entered: they may lead in circles.
    private static readonly EnumerationOptions Deep = new() { AttributesToSkip = FileAttributes.None, RecurseSubdirectories = true };

    public static bool IsGlob(string path) => path.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>The files that match, in ordinal order, each once.</summary>
    public static IReadOnlyList<string> Find(string pattern)
    {
        var root = Path.GetPathRoot(pattern) ?? "";
        var names = pattern[root.Length..].Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        return [.. Match(root, names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>All files of a folder and of those below it, in ordinal order.</summary>
    public static IEnumerable<string> FilesBelow(string folder) =>
        Directory.EnumerateFiles(folder, "*", Deep).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Match(string folder, ReadOnlyMemory<string> names)
    {
        var name = names.Span[0];
        var rest = names[1..];
        if (name == AnyDepth) return rest.IsEmpty ? FilesBelow(OrHere(folder)) : Below(folder).SelectMany(inner => Match(inner, rest));
        if (rest.IsEmpty) return Names(folder, name, Directory.EnumerateFiles);
        if (IsGlob(name)) return Names(folder, name, Directory.EnumerateDirectories).SelectMany(inner => Match(inner, rest));
        var next = Path.Combine(folder, name);
        return Directory.Exists(next) ? Match(next, rest) : [];
    }

    private static IEnumerable<string> Names(string folder, string pattern, Func<string, string, EnumerationOptions, IEnumerable<string>> list) =>
        list(OrHere(folder), "*", Flat).Select(path => Path.GetFileName(path))
            .Where(name => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false) && (name[0] != '.' || pattern[0] == '.'))
            .Select(name => Path.Combine(folder, name));

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateDirectories(OrHere(folder), "*", Deep).Select(path => folder.Length == 0 ? path[2..] : path).Prepend(folder);

    private static string OrHere(string folder) => folder.Length == 0 ? "." : folder;
}
