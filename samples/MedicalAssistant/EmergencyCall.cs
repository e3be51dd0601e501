using System.Text.RegularExpressions;

namespace Alignment.Samples;

/// <summary>Whether a text tells to call 119 now. "This does not call for 119" and "if it gets worse, call 119" don't.</summary>
internal static partial class EmergencyCall
{
    public static bool IsIn(string text) => Sentences.Of(text).Any(sentence =>
        (English().IsMatch(sentence) && !NotNow().IsMatch(sentence)) || (Korean().IsMatch(sentence) && !KoreanNotNow().IsMatch(sentence)));

    [GeneratedRegex(@"\b(call|dial|phone|ring)\s+(119|an ambulance)\b", RegexOptions.IgnoreCase)]
    private static partial Regex English();

    // Told not to, later, or in a case that need not be this one.
    [GeneratedRegex(@"\b(to|not|never|n't)\s+(call|dial|phone|ring)\b|\blater\b|\b(if|unless|in case)\b(?!.*\bnow\b)", RegexOptions.IgnoreCase)]
    private static partial Regex NotNow();

    [GeneratedRegex(@"119에\s*(지금|바로|곧바로|즉시|당장)?\s*(전화|신고|연락)\s*(하세요|하십시오|하고|해)|(119|구급차)(를|부터)\s*(부르세요|부르십시오|불러\s)")]
    private static partial Regex Korean();

    [GeneratedRegex(@"(심해지|나빠지|악화되|계속되|이어지|생기|나타나|보이)면|나중에|하지 마")]
    private static partial Regex KoreanNotNow();
}
