using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Tokenizers;

public sealed partial class BpeTokenizer
{
    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        if (string.IsNullOrEmpty(text) && textSpan.IsEmpty)
            return new EncodeResults<EncodedToken> { Tokens = [] };

        var prepared = Prepared.From(text, textSpan, settings, _normalizer, _preTokenizer);
        var tokens = new List<EncodedToken>();
        if (_begin is { } begin)
            tokens.Add(new EncodedToken(begin.Id, begin.Token, 0..0));

        foreach (var (offset, length) in prepared.Pieces ?? [(0, prepared.Text.Length)])
        {
            var piece = prepared.Text.Slice(offset, length);
            if (IsSpecial(piece, out var id))
                tokens.Add(new EncodedToken(id, piece.ToString(), offset..(offset + length)));
            else
                _model.Tokenize(piece).AddTokens(tokens, offset, _model.Spellings);
        }

        if (_end is { } end)
            tokens.Add(new EncodedToken(end.Id, end.Token, prepared.Text.Length..prepared.Text.Length));
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

        var prepared = Prepared.From(text, textSpan, settings, _normalizer, _preTokenizer);
        normalizedText = prepared.NormalizedText;
        var limit = settings.MaxTokenCount;
        int start;
        if (prepared.Pieces is null)
        {
            tokenCount = CountFromEnd(prepared.Text, limit - (_end is null ? 0 : 1), out start);
            tokenCount += tokenCount < limit && _begin is not null ? 1 : 0;
            return start;
        }

        tokenCount = _end is null ? 0 : 1;
        foreach (var (offset, length) in prepared.Pieces.Reverse())
        {
            tokenCount += CountFromEnd(prepared.Text.Slice(offset, length), limit - tokenCount, out start);
            if (start > 0 || tokenCount >= limit)
                return offset + start;
        }

        tokenCount += tokenCount < limit && _begin is not null ? 1 : 0;
        return 0;
    }

    /// <summary>Tokens from the front up to the limit, into <paramref name="ids"/> or only counted.</summary>
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
        var count = _begin is null ? 0 : 1;
        if (_begin is { } begin)
            ids?.Add(begin.Id);

        if (prepared.Pieces is null)
        {
            // As in the original, a text kept whole has the whole limit for itself, and counting forgets the token before it.
            var taken = Take(prepared.Text, limit, ids, out charsConsumed);
            count = ids?.Count ?? taken;
        }
        else
        {
            foreach (var (offset, length) in prepared.Pieces)
            {
                count += Take(prepared.Text.Slice(offset, length), limit - count, ids, out var consumed);
                charsConsumed = offset + consumed;
                if (consumed < length || count >= limit)
                    break;
            }
        }

        if (_end is not { } end || count >= limit)
            return count;
        ids?.Add(end.Id);
        return count + 1;
    }

    private int Take(ReadOnlySpan<char> piece, int limit, List<int>? ids, out int charsConsumed)
    {
        if (limit <= 0 || !IsSpecial(piece, out var id))
            return _model.Tokenize(piece).Take(limit, ids, out charsConsumed);
        ids?.Add(id);
        charsConsumed = piece.Length;
        return 1;
    }

    private int CountFromEnd(ReadOnlySpan<char> piece, int limit, out int start)
    {
        if (limit <= 0 || !IsSpecial(piece, out _))
            return _model.Tokenize(piece).CountFromEnd(limit, out start);
        start = 0;
        return 1;
    }

    private bool IsSpecial(ReadOnlySpan<char> piece, out int id)
    {
        id = 0;
        return _special is { } special && special.TryGetValue(piece, out id);
    }

    private static void ThrowIfNotPositive(int maxTokenCount)
    {
        if (maxTokenCount <= 0)
            throw new ArgumentOutOfRangeException(nameof(maxTokenCount), "The maximum number of tokens must be greater than zero.");
    }
}
