using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Tokenizers;

/// <summary>The vocabulary and the merges of a <see cref="BpeTokenizer"/>, with a cache of short pieces.</summary>
internal sealed class BpeModel
{
    private const int CachedPieces = 10_000;
    private const int LongestCachedPiece = 15;

    private readonly BpeOptions _options;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;
    private readonly Dictionary<(int Left, int Right), (int Rank, int Id)> _merges = [];
    private readonly int? _unknownId;
    private readonly Dictionary<string, BpePiece> _cache = [];
    private readonly Dictionary<string, BpePiece>.AlternateLookup<ReadOnlySpan<char>> _cached;

    public BpeModel(BpeOptions options)
    {
        _options = options;
        foreach (var (token, id) in options.Vocabulary)
        {
            Ids.Add(token, id);
            Spellings.Add(id, token);
        }

        _ids = Ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _cached = _cache.GetAlternateLookup<ReadOnlySpan<char>>();

        if (options.UnknownToken is { } unknown)
            _unknownId = Ids.TryGetValue(unknown, out var id) ? id : throw new InvalidOperationException($"The unknown token '{unknown}' is not in the vocabulary.");

        foreach (var merge in options.Merges ?? [])
            AddMerge(merge);
    }

    public Dictionary<string, int> Ids { get; } = [];

    public Dictionary<int, string> Spellings { get; } = [];

    public int? UnknownId => _unknownId;

    public BpePiece Tokenize(ReadOnlySpan<char> text)
    {
        lock (_cache)
        {
            if (_cached.TryGetValue(text, out var known))
                return known;
        }

        var piece = Merge(text);
        if (text.Length <= LongestCachedPiece)
        {
            lock (_cache)
            {
                if (_cache.Count < CachedPieces)
                    _cached[text] = piece;
            }
        }

        return piece;
    }

    private void AddMerge(string merge)
    {
        if (merge is null)
            throw new InvalidOperationException("A merge is null.");
        if (!BpeFiles.IsPair(merge))
            throw new InvalidOperationException($"The merge '{merge}' is not two tokens with a space between them.");

        var space = merge.IndexOf(' ');
        var (left, right) = (merge[..space], merge[(space + 1)..]);
        var prefix = _options.ContinuingSubwordPrefix?.Length ?? 0;
        var (leftId, rightId) = (IdOfMerged(left), IdOfMerged(right));
        if (right.Length <= prefix)
            throw new InvalidOperationException($"The merge '{merge}' lacks the prefix of continuing subwords.");

        _merges.Add((leftId, rightId), (_merges.Count, IdOfMerged(left + right[prefix..])));
    }

    private int IdOfMerged(string token) => Ids.TryGetValue(token, out var id)
        ? id
        : throw new InvalidOperationException($"The merges use the token '{token}', which is not in the vocabulary.");

    private BpePiece Merge(ReadOnlySpan<char> text)
    {
        if (!_options.ByteLevel)
            return Merge(text, origins: null, text.Length);

        var (bytes, origins) = Utf8.Encode(text);
        var symbols = new char[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
            symbols[i] = ByteSymbols.Of(bytes[i]);
        return Merge(symbols, origins, text.Length);
    }

    private BpePiece Merge(ReadOnlySpan<char> symbols, int[]? origins, int charCount)
    {
        var ids = new List<int>(symbols.Length);
        var lengths = new List<int>(symbols.Length);
        Split(symbols, ids, lengths);
        MergeLoop.Run(CollectionsMarshal.AsSpan(ids), CollectionsMarshal.AsSpan(lengths), _merges, out var count);
        return new BpePiece(ids[..count].ToArray(), lengths[..count].ToArray(), origins, symbols.Length, charCount);
    }

    // One symbol a character. A character outside the vocabulary becomes the unknown token, fused with its neighbours
    // if so asked, or nothing at all where there is no unknown token.
    private void Split(ReadOnlySpan<char> symbols, List<int> ids, List<int> lengths)
    {
        var afterUnknown = false;
        for (int i = 0, length; i < symbols.Length; i += length)
        {
            length = i + 1 < symbols.Length && char.IsSurrogatePair(symbols[i], symbols[i + 1]) ? 2 : 1;
            var symbol = symbols.Slice(i, length);
            if (_options.ContinuingSubwordPrefix is { } prefix && i > 0)
                symbol = string.Concat(prefix, symbol);
            if (_options.EndOfWordSuffix is { } suffix && i + length >= symbols.Length)
                symbol = string.Concat(symbol, suffix);

            if (_ids.TryGetValue(symbol, out var id))
            {
                ids.Add(id);
                lengths.Add(length);
                afterUnknown = false;
            }
            else if (afterUnknown && _options.FuseUnknownTokens)
            {
                lengths[^1] += length;
            }
            else if (_unknownId is { } unknown)
            {
                ids.Add(unknown);
                lengths.Add(length);
                afterUnknown = true;
            }
        }
    }
}
