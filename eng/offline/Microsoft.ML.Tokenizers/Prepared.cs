using System;
using System.Collections.Generic;

namespace Microsoft.ML.Tokenizers;

/// <summary>A text after normalization, with its pieces, or null pieces where it stays whole.</summary>
internal readonly ref struct Prepared
{
    private Prepared(string? normalizedText, ReadOnlySpan<char> text, IEnumerable<(int Offset, int Length)>? pieces)
    {
        NormalizedText = normalizedText;
        Text = text;
        Pieces = pieces;
    }

    public string? NormalizedText { get; }

    public ReadOnlySpan<char> Text { get; }

    public IEnumerable<(int Offset, int Length)>? Pieces { get; }

    /// <summary>The text comes as a string or, where that is null, as a span.</summary>
    public static Prepared From(string? text, ReadOnlySpan<char> span, EncodeSettings settings, Normalizer? normalizer, PreTokenizer? preTokenizer)
    {
        if (!settings.ConsiderPreTokenization)
            preTokenizer = null;

        if (settings.ConsiderNormalization && normalizer is not null)
        {
            var normalized = normalizer.Normalize(text ?? span.ToString());
            return new Prepared(normalized, normalized, preTokenizer?.PreTokenize(normalized));
        }

        return text is null
            ? new Prepared(null, span, preTokenizer?.PreTokenize(span))
            : new Prepared(null, text, preTokenizer?.PreTokenize(text));
    }
}
