namespace Alignment.Training;

/// <summary>Text for files that are made to be published.</summary>
internal static class PublicText
{
    /// <summary>The last part of a full path, since the rest tells of somebody's machine; anything else as it is.</summary>
    public static string Of(string text)
    {
        var name = text.TrimEnd('/', '\\');
        var isPath = Path.IsPathRooted(text) || (text.Length > 2 && char.IsAsciiLetter(text[0]) && text[1] == ':' && text[2] is '\\' or '/');
        return isPath && name.Length > 0 ? name[(name.LastIndexOfAny(['/', '\\']) + 1)..] : text;
    }
}
