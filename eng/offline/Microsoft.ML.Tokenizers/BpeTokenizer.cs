using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace Microsoft.ML.Tokenizers;

/// <summary>Byte pair encoding over characters or, at byte level, over GPT-2's byte symbols.</summary>
public sealed partial class BpeTokenizer : Tokenizer
{
    private readonly BpeModel _model;
    private readonly PreTokenizer _preTokenizer;
    private readonly Normalizer? _normalizer;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>>? _special;
    private readonly Dictionary<int, string>? _specialSpellings;
    private readonly (int Id, string Token)? _begin;
    private readonly (int Id, string Token)? _end;

    private BpeTokenizer(BpeOptions options)
    {
        _preTokenizer = options.PreTokenizer ?? PreTokenizer.CreateWordOrNonWord();
        _normalizer = options.Normalizer;
        _model = new BpeModel(options);
        Vocabulary = new ReadOnlyDictionary<string, int>(_model.Ids);

        ByteLevel = options.ByteLevel;
        ContinuingSubwordPrefix = options.ContinuingSubwordPrefix;
        EndOfWordSuffix = options.EndOfWordSuffix;
        FuseUnknownTokens = options.FuseUnknownTokens;
        UnknownToken = options.UnknownToken;
        SpecialTokens = options.SpecialTokens;
        if (SpecialTokens is not null)
        {
            _special = SpecialTokens.ToDictionary().GetAlternateLookup<ReadOnlySpan<char>>();
            _specialSpellings = SpecialTokens.ToDictionary(pair => pair.Value, pair => pair.Key);
        }

        BeginningOfSentenceToken = options.BeginningOfSentenceToken;
        _begin = SentenceToken(options.BeginningOfSentenceToken);
        _end = SentenceToken(options.EndOfSentenceToken);
    }

    public string? BeginningOfSentenceToken { get; }

    public bool ByteLevel { get; }

    public string? ContinuingSubwordPrefix { get; }

    public string? EndOfWordSuffix { get; }

    public bool FuseUnknownTokens { get; }

    public override Normalizer? Normalizer => _normalizer;

    public override PreTokenizer? PreTokenizer => _preTokenizer;

    public IReadOnlyDictionary<string, int>? SpecialTokens { get; }

    public string? UnknownToken { get; }

    public IReadOnlyDictionary<string, int> Vocabulary { get; }

    public static BpeTokenizer Create(BpeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var tokenizer = new BpeTokenizer(options);
        return tokenizer.Vocabulary.Count > 0 ? tokenizer : throw new InvalidOperationException("The vocabulary is empty.");
    }

    public static BpeTokenizer Create(string vocabFile, string? mergesFile)
        => Create(vocabFile, mergesFile, preTokenizer: null);

    public static BpeTokenizer Create(string vocabFile, string? mergesFile, PreTokenizer? preTokenizer = null, Normalizer? normalizer = null, IReadOnlyDictionary<string, int>? specialTokens = null, string? unknownToken = null, string? continuingSubwordPrefix = null, string? endOfWordSuffix = null, bool fuseUnknownTokens = false)
    {
        ArgumentNullException.ThrowIfNull(vocabFile);
        using var vocabulary = File.OpenRead(vocabFile);
        using var merges = mergesFile is null ? null : File.OpenRead(mergesFile);
        return Create(vocabulary, merges, preTokenizer, normalizer, specialTokens, unknownToken, continuingSubwordPrefix, endOfWordSuffix, fuseUnknownTokens);
    }

    public static BpeTokenizer Create(Stream vocabStream, Stream? mergesStream)
        => Create(vocabStream, mergesStream, preTokenizer: null);

    public static BpeTokenizer Create(Stream vocabStream, Stream? mergesStream, PreTokenizer? preTokenizer = null, Normalizer? normalizer = null, IReadOnlyDictionary<string, int>? specialTokens = null, string? unknownToken = null, string? continuingSubwordPrefix = null, string? endOfWordSuffix = null, bool fuseUnknownTokens = false)
    {
        ArgumentNullException.ThrowIfNull(vocabStream);
        var vocabulary = JsonSerializer.Deserialize<Dictionary<string, int>>(vocabStream) ?? [];
        return new BpeTokenizer(new BpeOptions(vocabulary)
        {
            Merges = mergesStream is null ? null : BpeFiles.ReadMerges(mergesStream),
            PreTokenizer = preTokenizer,
            Normalizer = normalizer,
            SpecialTokens = specialTokens,
            UnknownToken = unknownToken,
            ContinuingSubwordPrefix = continuingSubwordPrefix,
            EndOfWordSuffix = endOfWordSuffix,
            FuseUnknownTokens = fuseUnknownTokens,
        });
    }

    public static Task<BpeTokenizer> CreateAsync(Stream vocabStream, Stream? mergesStream, PreTokenizer? preTokenizer = null, Normalizer? normalizer = null, IReadOnlyDictionary<string, int>? specialTokens = null, string? unknownToken = null, string? continuingSubwordPrefix = null, string? endOfWordSuffix = null, bool fuseUnknownTokens = false)
        => Task.Run(() => Create(vocabStream, mergesStream, preTokenizer, normalizer, specialTokens, unknownToken, continuingSubwordPrefix, endOfWordSuffix, fuseUnknownTokens));

    // As in the original, a token found nowhere is an error only where special tokens were given; else it has the id 0.
    private (int Id, string Token)? SentenceToken(string? token)
    {
        if (token is null)
            return null;
        if (!_model.Ids.TryGetValue(token, out var id) && SpecialTokens?.TryGetValue(token, out id) is false)
            throw new InvalidOperationException($"The sentence token '{token}' is not in the vocabulary.");
        return (id, token);
    }
}
