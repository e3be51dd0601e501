using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Microsoft.ML.Tokenizers;

/// <summary>Byte pair encoding where a token's id is its rank, and a piece that is a token stays whole.</summary>
public sealed partial class TiktokenTokenizer : Tokenizer
{
    private const int LongestCachedPiece = 15;

    private readonly TiktokenVocabulary _vocabulary;
    private readonly PreTokenizer? _preTokenizer;
    private readonly Normalizer? _normalizer;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _special;
    private readonly int _cacheSize;
    private readonly Dictionary<string, TiktokenPiece> _cache = [];
    private readonly Dictionary<string, TiktokenPiece>.AlternateLookup<ReadOnlySpan<char>> _cached;

    private TiktokenTokenizer(TiktokenVocabulary vocabulary, PreTokenizer? preTokenizer, Normalizer? normalizer, IReadOnlyDictionary<string, int>? specialTokens, int cacheSize)
    {
        if (cacheSize <= 0)
            throw new ArgumentOutOfRangeException(nameof(cacheSize), "The size of the cache must be greater than zero.");

        (_vocabulary, _preTokenizer, _normalizer, SpecialTokens, _cacheSize) = (vocabulary, preTokenizer, normalizer, specialTokens, cacheSize);
        _special = (specialTokens?.ToDictionary() ?? []).GetAlternateLookup<ReadOnlySpan<char>>();
        _cached = _cache.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var (token, id) in specialTokens ?? new Dictionary<string, int>())
            _vocabulary.Bytes[id] = Encoding.UTF8.GetBytes(token);
    }

    public override Normalizer? Normalizer => _normalizer;

    public override PreTokenizer? PreTokenizer => _preTokenizer;

    public IReadOnlyDictionary<string, int>? SpecialTokens { get; }

    public static TiktokenTokenizer Create(string vocabFilePath, PreTokenizer? preTokenizer, Normalizer? normalizer, IReadOnlyDictionary<string, int>? specialTokens = null, int cacheSize = 8192)
    {
        if (string.IsNullOrEmpty(vocabFilePath))
            throw new ArgumentNullException(nameof(vocabFilePath));
        using var stream = File.OpenRead(vocabFilePath);
        return Create(stream, preTokenizer, normalizer, specialTokens, cacheSize);
    }

    public static TiktokenTokenizer Create(Stream vocabStream, PreTokenizer? preTokenizer, Normalizer? normalizer, IReadOnlyDictionary<string, int>? specialTokens = null, int cacheSize = 8192)
    {
        ArgumentNullException.ThrowIfNull(vocabStream);
        return new TiktokenTokenizer(TiktokenVocabulary.Read(vocabStream), preTokenizer, normalizer, specialTokens, cacheSize);
    }

    public static Task<TiktokenTokenizer> CreateAsync(Stream vocabStream, PreTokenizer? preTokenizer, Normalizer? normalizer, IReadOnlyDictionary<string, int>? specialTokens = null, int cacheSize = 8192, CancellationToken cancellationToken = default)
        => Task.Run(() => Create(vocabStream, preTokenizer, normalizer, specialTokens, cacheSize), cancellationToken);

    public static Task<TiktokenTokenizer> CreateAsync(string vocabFilePath, PreTokenizer? preTokenizer, Normalizer? normalizer, IReadOnlyDictionary<string, int>? specialTokens = null, int cacheSize = 8192, CancellationToken cancellationToken = default)
        => Task.Run(() => Create(vocabFilePath, preTokenizer, normalizer, specialTokens, cacheSize), cancellationToken);

    private TiktokenPiece Tokenize(ReadOnlySpan<char> text)
    {
        if (_special.TryGetValue(text, out var id))
            return TiktokenPiece.Whole(id, text.Length);

        lock (_cache)
        {
            if (_cached.TryGetValue(text, out var known))
                return known;
        }

        if (_vocabulary.Texts.TryGetValue(text, out id))
            return TiktokenPiece.Whole(id, text.Length);

        var piece = TiktokenPiece.Merge(text, _vocabulary.Ranks);
        if (text.Length <= LongestCachedPiece)
        {
            lock (_cache)
            {
                if (_cache.Count >= _cacheSize)
                    _cache.Clear();
                _cached[text] = piece;
            }
        }

        return piece;
    }
}
