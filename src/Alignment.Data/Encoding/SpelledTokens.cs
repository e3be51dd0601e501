using System.Buffers;
using System.Text;

namespace Alignment.Data;

/// <summary>Keeps special tokens that untrusted text spells from being read as tokens within a text that has some of its own.</summary>
/// <remarks>
/// Each is broken by a mark behind its first character before the text goes into a template, and the mark is taken out again after the
/// template's own tokens were found. U+FDD0 is no character, and for such uses inside of a program (Unicode, chapter 23.7).
/// </remarks>
internal sealed class SpelledTokens
{
    private const char Mark = '\uFDD0';

    private readonly ITokenizer _tokenizer;
    private readonly HuggingFaceTokenizer? _marking;
    private readonly SearchValues<string>? _special;

    public SpelledTokens(ITokenizer tokenizer)
    {
        _tokenizer = tokenizer;
        _marking = tokenizer as HuggingFaceTokenizer;
        // A token of one character can't be broken; no published file has such a special one.
        string[] special = [.. _marking?.SpecialTexts.Where(text => text.Length > FirstLength(text)) ?? []];
        if (special.Length > 0) _special = SearchValues.Create(special, StringComparison.Ordinal);
    }

    /// <summary>Notes whether a text spells special tokens.</summary>
    /// <returns>Whether it does.</returns>
    public bool Look(string text, RowNotes notes)
    {
        var spells = _marking is null
            ? !_tokenizer.Encode(text).SequenceEqual(_tokenizer.EncodeWithSpecialTokens(text))
            : _special is not null && text.AsSpan().IndexOfAny(_special) >= 0;
        notes.SpellsSpecialTokens |= spells;
        return spells;
    }

    /// <summary>The text with every special token broken; null where the row is left out, since the tokenizer knows no marks.</summary>
    public string? Break(string text, RowNotes notes)
    {
        if (!Look(text, notes)) return text;
        if (_special is null)
        {
            notes.Drop(DropCause.SpellsSpecialTokens, "A text must not spell special tokens within a template or a format, for this tokenizer would take "
                + "them for the template's own; set ParseSpecialTokens if they are meant.");
            return null;
        }
        var broken = new StringBuilder(text.Length + 8);
        var rest = text.AsSpan();
        for (int found; (found = rest.IndexOfAny(_special)) >= 0;)
        {
            var end = found + FirstLength(rest[found..]);   // any later token of this one's may begin here
            broken.Append(rest[..end]).Append(Mark);
            rest = rest[end..];
        }
        return broken.Append(rest).ToString();
    }

    /// <summary>The ids of trusted text, some of whose parts may be broken.</summary>
    public IReadOnlyList<int> Ids(string text, RowNotes notes) =>
        notes.SpellsSpecialTokens && _marking is not null ? _marking.EncodeMarked(text, Mark) : _tokenizer.EncodeWithSpecialTokens(text);

    private static int FirstLength(ReadOnlySpan<char> text) => text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;
}
