using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Tokenizers;

/// <summary>The pieces of GPT-2: contractions, words, numbers and symbols with the space before them, and white space.</summary>
public sealed class RobertaPreTokenizer : PreTokenizer
{
    private static readonly RegexPreTokenizer Pieces = new(
        new Regex(@"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.Compiled, TimeSpan.FromSeconds(30)),
        specialTokens: null);

    public RobertaPreTokenizer() { }

    public static RobertaPreTokenizer Instance { get; } = new RobertaPreTokenizer();

    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text) => Pieces.PreTokenize(text);

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => Pieces.PreTokenize(text);
}
