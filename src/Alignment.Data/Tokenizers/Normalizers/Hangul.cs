namespace Alignment.Data;

/// <summary>Hangul syllables, which decompose and compose by arithmetic (Unicode Standard, section 3.12).</summary>
internal static class Hangul
{
    public const int FirstVowel = Vowel;
    public const int LastTrailing = Trailing + TrailingCount - 1;

    private const int Syllable = 0xAC00;
    private const int Leading = 0x1100;
    private const int Vowel = 0x1161;
    private const int Trailing = 0x11A7;   // one before the first, so that 0 means none
    private const int LeadingCount = 19;
    private const int VowelCount = 21;
    private const int TrailingCount = 28;

    public static bool TryDecompose(int code, List<int> codes)
    {
        var index = code - Syllable;
        if (index is < 0 or >= LeadingCount * VowelCount * TrailingCount)
            return false;
        codes.Add(Leading + (index / (VowelCount * TrailingCount)));
        codes.Add(Vowel + (index / TrailingCount % VowelCount));
        if (index % TrailingCount > 0)
            codes.Add(Trailing + (index % TrailingCount));
        return true;
    }

    public static int? Compose(int first, int second)
    {
        if (first - Leading is >= 0 and < LeadingCount && second - Vowel is >= 0 and < VowelCount)
            return Syllable + ((((first - Leading) * VowelCount) + (second - Vowel)) * TrailingCount);
        var index = first - Syllable;
        var openSyllable = index is >= 0 and < LeadingCount * VowelCount * TrailingCount && index % TrailingCount == 0;
        return openSyllable && second - Trailing is > 0 and < TrailingCount ? first + second - Trailing : null;
    }
}
