using System.Text.RegularExpressions;

namespace SampleData;

/// <summary>Korean particles take one of two shapes, by whether the syllable before them ends in a consonant.</summary>
internal static partial class Korean
{
    /// <summary>Resolves 이(가), 은(는), 을(를) and (으)로 as they are written in the text files.</summary>
    public static string WithParticles(string text) =>
        Particle().Replace(text, match => text[match.Index - 1] is var before && match.Value == "(으)로"
            ? EndsInConsonant(before) && !EndsInRieul(before) ? "으로" : "로"
            : match.Value.Substring(EndsInConsonant(before) ? 0 : 2, 1));

    // A syllable's code is 0xAC00 + (initial * 21 + vowel) * 28 + final, and final 0 means none.
    private static bool EndsInConsonant(char syllable) => syllable is >= '가' and <= '힣'
        ? (syllable - 0xAC00) % 28 != 0
        : throw new FormatException($"A particle must follow a Hangul syllable. Actual character was '{syllable}'.");

    // After 'l' (final 8) the particle is 로, as after a vowel.
    private static bool EndsInRieul(char syllable) => (syllable - 0xAC00) % 28 == 8;

    [GeneratedRegex(@"이\(가\)|은\(는\)|을\(를\)|\(으\)로")]
    private static partial Regex Particle();
}
