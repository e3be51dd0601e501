using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

namespace Microsoft.ML.Tokenizers;

public sealed partial class BpeTokenizer
{
    public override string Decode(IEnumerable<int> ids) => Decode(ids, considerSpecialTokens: true);

    /// <summary>An id that names no token adds nothing.</summary>
    public string Decode(IEnumerable<int> ids, bool considerSpecialTokens)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ByteLevel ? DecodeBytes(ids, considerSpecialTokens) : DecodeCharacters(ids, considerSpecialTokens);
    }

    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
        => Decode(ids, destination, considerSpecialTokens: true, out idsConsumed, out charsWritten);

    public OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, bool considerSpecialTokens, out int idsConsumed, out int charsWritten)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ByteLevel
            ? DecodeBytes(ids, destination, considerSpecialTokens, out idsConsumed, out charsWritten)
            : DecodeCharacters(ids, destination, considerSpecialTokens, out idsConsumed, out charsWritten);
    }

    // All bytes together, since a character may be spread over several tokens; what is not UTF-8 becomes U+FFFD.
    private string DecodeBytes(IEnumerable<int> ids, bool considerSpecialTokens)
    {
        var bytes = new List<byte>();
        foreach (var id in ids)
        {
            if (_specialSpellings is not null && _specialSpellings.TryGetValue(id, out var special))
            {
                if (considerSpecialTokens)
                    ByteSymbols.AppendBytes(special, bytes);
            }
            else if (_model.Spellings.TryGetValue(id, out var token))
            {
                ByteSymbols.AppendBytes(WithoutAffixes(token), bytes);
            }
        }

        return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(bytes));
    }

    private string DecodeCharacters(IEnumerable<int> ids, bool considerSpecialTokens)
    {
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            if (_specialSpellings is not null && _specialSpellings.TryGetValue(id, out var special))
                text.Append(considerSpecialTokens ? special : null);
            else if (id == _model.UnknownId)
                text.Append(considerSpecialTokens ? UnknownToken : null);
            else if (_model.Spellings.TryGetValue(id, out var token))
                text.Append(token);
        }

        var result = text.ToString();
        if (!string.IsNullOrEmpty(EndOfWordSuffix))
        {
            if (result.EndsWith(EndOfWordSuffix, StringComparison.Ordinal))
                result = result[..^EndOfWordSuffix.Length];
            result = result.Replace(EndOfWordSuffix, " ", StringComparison.Ordinal);
        }

        return string.IsNullOrEmpty(ContinuingSubwordPrefix) ? result : result.Replace(ContinuingSubwordPrefix, string.Empty, StringComparison.Ordinal);
    }

    // Ids count as consumed once the last byte of their last character is written.
    private OperationStatus DecodeBytes(IEnumerable<int> ids, Span<char> destination, bool considerSpecialTokens, out int idsConsumed, out int charsWritten)
    {
        idsConsumed = charsWritten = 0;
        var pending = new List<byte>();
        var pendingIds = 0;
        foreach (var id in ids)
        {
            if (_specialSpellings is not null && _specialSpellings.TryGetValue(id, out var special))
            {
                if (considerSpecialTokens)
                {
                    if (pending.Count > 0)
                        return OperationStatus.InvalidData;
                    if (!special.TryCopyTo(destination[charsWritten..]))
                        return OperationStatus.DestinationTooSmall;
                    charsWritten += special.Length;
                }

                idsConsumed++;
                continue;
            }

            if (!_model.Spellings.TryGetValue(id, out var token))
                return OperationStatus.InvalidData;

            foreach (var symbol in WithoutAffixes(token))
                pending.Add(ByteSymbols.ToByte(symbol));
            pendingIds++;

            switch (Utf8.Decode(CollectionsMarshal.AsSpan(pending), destination[charsWritten..], out _, out var written))
            {
                case OperationStatus.Done:
                    charsWritten += written;
                    idsConsumed += pendingIds;
                    pendingIds = 0;
                    pending.Clear();
                    break;
                case OperationStatus.NeedMoreData:
                    break;
                case var failed:
                    return failed;
            }
        }

        return OperationStatus.Done;
    }

    private OperationStatus DecodeCharacters(IEnumerable<int> ids, Span<char> destination, bool considerSpecialTokens, out int idsConsumed, out int charsWritten)
    {
        idsConsumed = charsWritten = 0;
        var space = false;
        foreach (var id in ids)
        {
            if (!considerSpecialTokens && id == _model.UnknownId)
            {
                idsConsumed++;
                continue;
            }

            if (_model.Spellings.TryGetValue(id, out var token))
            {
                var shown = WithoutAffixes(token);
                var needed = shown.Length + (space ? 1 : 0);
                if (needed > destination.Length - charsWritten)
                    return OperationStatus.DestinationTooSmall;
                if (space)
                    destination[charsWritten++] = ' ';
                shown.CopyTo(destination[charsWritten..]);
                charsWritten += shown.Length;
                space = !string.IsNullOrEmpty(EndOfWordSuffix) && token.EndsWith(EndOfWordSuffix, StringComparison.Ordinal);
            }

            idsConsumed++;
        }

        return OperationStatus.Done;
    }

    private ReadOnlySpan<char> WithoutAffixes(string token)
    {
        var shown = token.AsSpan();
        if (!string.IsNullOrEmpty(EndOfWordSuffix) && shown.EndsWith(EndOfWordSuffix, StringComparison.Ordinal))
            shown = shown[..^EndOfWordSuffix.Length];
        if (!string.IsNullOrEmpty(ContinuingSubwordPrefix) && shown.StartsWith(ContinuingSubwordPrefix, StringComparison.Ordinal))
            shown = shown[ContinuingSubwordPrefix.Length..];
        return shown;
    }
}
