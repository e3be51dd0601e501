using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Tokenizers;

/// <summary>Cuts a text into the pieces within which tokens are sought.</summary>
public abstract class PreTokenizer
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly Regex WordOrPunctuation = new(@"\w+|[\p{P}]", RegexOptions.Compiled, Timeout);
    private static readonly Regex WordOrNonWord = new(@"\w+|[^\w\s]+", RegexOptions.Compiled, Timeout);
    private static readonly Regex NonSpace = new(@"\S+", RegexOptions.Compiled, Timeout);

    public abstract IEnumerable<(int Offset, int Length)> PreTokenize(string text);

    public abstract IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text);

    public static PreTokenizer CreateWordOrPunctuation(IReadOnlyDictionary<string, int>? specialTokens = null)
        => new RegexPreTokenizer(WordOrPunctuation, specialTokens);

    public static PreTokenizer CreateWordOrNonWord(IReadOnlyDictionary<string, int>? specialTokens = null)
        => new RegexPreTokenizer(WordOrNonWord, specialTokens);

    public static PreTokenizer CreateWhiteSpace(IReadOnlyDictionary<string, int>? specialTokens = null)
        => new RegexPreTokenizer(NonSpace, specialTokens);
}
