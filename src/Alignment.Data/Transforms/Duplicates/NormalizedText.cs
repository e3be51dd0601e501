using System.Buffers;
using System.Text;

namespace Alignment.Data.Transforms;

/// <summary>Text as it counts when prompts are compared: composed characters, single spaces, nothing at the ends. Letters keep their case.</summary>
/// <remarks>
/// The characters of white space are listed, and composition is that of the product's own tables, so that no version of .NET changes a
/// hash. Case is not folded: "Polish" is not "polish", and code is case-sensitive.
/// </remarks>
internal static class NormalizedText
{
    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create(
        "\t\n\v\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000");

    public static string Of(string text)
    {
        var rest = UnicodeNormalization.FormC(text).AsSpan();
        var words = new StringBuilder(rest.Length);
        while (true)
        {
            var start = rest.IndexOfAnyExcept(WhiteSpace);
            if (start < 0) return words.ToString();
            rest = rest[start..];
            if (words.Length > 0) words.Append(' ');
            var end = rest.IndexOfAny(WhiteSpace);
            if (end < 0) return words.Append(rest).ToString();
            words.Append(rest[..end]);
            rest = rest[end..];
        }
    }
}
