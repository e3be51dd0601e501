using System.IO.Enumeration;

namespace Alignment.Models;

/// <summary>Names that become paths and addresses: what of them is allowed.</summary>
internal static class HubNames
{
    private const int LongestName = 96;          // of a repository, as on huggingface.co
    private const int LongestRevision = 255;
    private const int LongestFile = 1024;

    /// <summary>"name" or "org/name" of letters, digits, '-', '_' and '.', as on huggingface.co.</summary>
    public static bool IsRepository(string id) =>
        id.Count('/') <= 1 && id.Split('/').All(IsRepositoryPart)
        && !id.Contains("--", StringComparison.Ordinal) && !id.Contains("..", StringComparison.Ordinal)
        && !id.EndsWith(".git", StringComparison.OrdinalIgnoreCase);

    /// <summary>A branch, a tag, a pull request such as refs/pr/1, or a commit: git's rules for names.</summary>
    public static bool IsRevision(string revision) =>
        revision.Length is > 0 and <= LongestRevision && IsRelativePath(revision)
        && !revision.Any(letter => letter is ' ' or '?' or '*' or '[' or '^' or '~');

    /// <summary>The whole hash of a commit, which always means the same files.</summary>
    public static bool IsCommit(string revision) => IsHash(revision, 40);

    public static bool IsHash(string text, int digits) => text.Length == digits && text.All(char.IsAsciiHexDigitLower);

    /// <summary>A file that stays below the folder into which it is put, on every operating system.</summary>
    public static bool IsFile(string name) => name.Length is > 0 and <= LongestFile && IsRelativePath(name);

    /// <summary>'*' and '?' stand for characters of one name and never for '/': "*.json" means those of the top folder.</summary>
    public static bool Matches(string name, IReadOnlyList<string> patterns)
    {
        // With as many slashes in the name as in the pattern, no wildcard is left to be one.
        var slashes = name.Count('/');
        return patterns.Any(pattern => pattern.Count('/') == slashes && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));
    }

    private static bool IsRepositoryPart(string part) =>
        part.Length is > 0 and <= LongestName && char.IsAsciiLetterOrDigit(part[0]) | part[0] == '_' && part[^1] is not ('-' or '.')
        && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    // Windows drops dots and spaces at the end of a name: ".. " would be "..".
    private static bool IsRelativePath(string path) =>
        !path.Any(letter => char.IsControl(letter) || letter is '\\' or ':')
        && path.Split('/').All(part => part.Length > 0 && part[^1] is not ('.' or ' '));
}
