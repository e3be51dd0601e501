using Alignment.Training;

namespace Alignment.Data.Transforms;

/// <summary>The runs of five words that a text holds, as 32-bit hashes. Not for several threads at a time.</summary>
/// <remarks>
/// A word is a run of characters that are neither white space nor punctuation nor symbols, in lower case. Scripts without spaces between
/// words (Han, Kana, Thai and its neighbours) have a word for each character. A text of fewer than five words is one run; one without
/// words counts as itself.
/// </remarks>
internal sealed class WordShingles
{
    public const int WordsPerShingle = 5;
    private const ulong Basis = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    private uint[] _shingles = new uint[256];
    private int _count;
    private readonly ulong[] _last = new ulong[WordsPerShingle];
    private int _words;

    /// <summary>The hashes of a text, ascending and distinct; valid until the next call.</summary>
    public ReadOnlySpan<uint> Of(string text)
    {
        _count = 0;
        _words = 0;
        var word = Basis;
        foreach (var character in text)
        {
            if (IsSeparator(character))
            {
                End(ref word);
                continue;
            }
            var isWord = IsWordOfItsOwn(character);
            if (isWord) End(ref word);
            word = (word ^ char.ToLowerInvariant(character)) * Prime;   // FNV-1a of 16-bit units
            if (isWord) End(ref word);
        }
        End(ref word);
        if (_words < WordsPerShingle) Add(_words == 0 ? Whole(text) : Run(_words));
        return Distinct();
    }

    private void End(ref ulong word)
    {
        if (word == Basis) return;
        _last[_words % WordsPerShingle] = word;
        _words++;
        if (_words >= WordsPerShingle) Add(Run(WordsPerShingle));
        word = Basis;
    }

    /// <summary>The hash of the last words in their order.</summary>
    private ulong Run(int count)
    {
        ulong hash = 0;
        for (var i = _words - count; i < _words; i++) hash = new SplitMix64(hash ^ _last[i % WordsPerShingle]).Next();
        return hash;
    }

    private static ulong Whole(string text)
    {
        var hash = Basis;
        foreach (var character in text) hash = (hash ^ character) * Prime;
        return new SplitMix64(hash).Next();
    }

    private void Add(ulong hash)
    {
        if (_count == _shingles.Length) Array.Resize(ref _shingles, checked(_count * 2));
        _shingles[_count++] = (uint)(hash >> 32);
    }

    private ReadOnlySpan<uint> Distinct()
    {
        var all = _shingles.AsSpan(0, _count);
        all.Sort();
        var count = 1;
        for (var i = 1; i < all.Length; i++)
            if (all[i] != all[count - 1]) all[count++] = all[i];
        return all[..count];
    }

    private static bool IsSeparator(char character) => char.IsAscii(character)
        ? !char.IsAsciiLetterOrDigit(character)
        : char.IsWhiteSpace(character) || char.IsPunctuation(character) || char.IsSymbol(character) || char.IsControl(character);

    private static bool IsWordOfItsOwn(char character) => character >= 0x0E00 && character
        is >= '\u0E00' and <= '\u0EFF' or >= '\u1000' and <= '\u109F' or >= '\u1780' and <= '\u17FF'
        or >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u4DBF' or >= '\u4E00' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF';
}
