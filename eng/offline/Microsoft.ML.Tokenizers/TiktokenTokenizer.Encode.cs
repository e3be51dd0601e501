using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Tokenizers;

public sealed partial class TiktokenTokenizer
{
    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        if (string.IsNullOrEmpty(text) && textSpan.IsEmpty)
            return new EncodeResults<EncodedToken> { Tokens = [] };

        var prepared = Prepared.From(text, textSpan, settings, _normalizer, _preTokenizer);
        var tokens = new List<EncodedToken>();
        foreach (var (offset, length) in prepared.Pieces ?? [(0, prepared.Text.Length)])
        {
            var piece = prepared.Text.Slice(offset, length);
            foreach (var token in piece.IsEmpty ? [] : Tokenize(piece).Tokens)
                tokens.Add(new EncodedToken(token.Id, piece[token.Start..token.End].ToString(), (offset + token.Start)..(offset + token.End)));
        }

        return new EncodeResults<EncodedToken> { Tokens = tokens, NormalizedText = prepared.NormalizedText, CharsConsumed = prepared.Text.Length };
    }

    protected override EncodeResults<int> EncodeToIds(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        var ids = new List<int>();
        Take(text, textSpan, settings, ids, out var normalizedText, out var charsConsumed);
        return new EncodeResults<int> { Tokens = ids, NormalizedText = normalizedText, CharsConsumed = charsConsumed };
    }

    protected override int CountTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
        => Take(text, textSpan, settings, ids: null, out _, out _);

    protected override int GetIndexByTokenCount(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings, bool fromEnd, out string? normalizedText, out int tokenCount)
    {
        if (!fromEnd)
        {
            tokenCount = Take(text, textSpan, settings, ids: null, out normalizedText, out var charsConsumed);
            return charsConsumed;
        }

        ThrowIfNotPositive(settings.MaxTokenCount);
        tokenCount = 0;
        normalizedText = null;
        if (string.IsNullOrEmpty(text) && textSpan.IsEmpty)
            return 0;

        settings.ConsiderPreTokenization = settings.ConsiderNormalization;   // as in the original
        var prepared = Prepared.From(text, textSpan, settings, _normalizer, _preTokenizer);
        normalizedText = prepared.NormalizedText;
        foreach (var (offset, length) in (prepared.Pieces ?? [(0, prepared.Text.Length)]).Reverse())
        {
            tokenCount += Tokenize(prepared.Text.Slice(offset, length)).CountFromEnd(settings.MaxTokenCount - tokenCount, out var start);
            if (start > 0 || tokenCount >= settings.MaxTokenCount)
                return offset + start;
        }

        return 0;
    }

    private int Take(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings, List<int>? ids, out string? normalizedText, out int charsConsumed)
    {
        var limit = settings.MaxTokenCount;
        ThrowIfNotPositive(limit);
        normalizedText = null;
        charsConsumed = 0;
        if (string.IsNullOrEmpty(text) && textSpan.IsEmpty)
            return 0;

        var prepared = Prepared.From(text, textSpan, settings, _normalizer, _preTokenizer);
        normalizedText = prepared.NormalizedText;
        if (prepared.Pieces is null)
        {
            // As in the original, ids of a text kept whole know no limit; only a count does.
            return Tokenize(prepared.Text).Take(ids is null ? limit : int.MaxValue, ids, out charsConsumed);
        }

        var count = 0;
        foreach (var (offset, length) in prepared.Pieces)
        {
            var consumed = 0;
            if (length > 0)
                count += Tokenize(prepared.Text.Slice(offset, length)).Take(limit - count, ids, out consumed);
            charsConsumed = offset + consumed;
            if (consumed < length || count >= limit)
                break;
        }

        return count;
    }

    private static void ThrowIfNotPositive(int maxTokenCount)
    {
        if (maxTokenCount <= 0)
            throw new ArgumentOutOfRangeException(nameof(maxTokenCount), "The maximum number of tokens must be greater than zero.");
    }
}
