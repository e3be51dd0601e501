using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace Microsoft.ML.Tokenizers;

/// <summary>What a <see cref="BpeTokenizer"/> is made of.</summary>
public sealed class BpeOptions
{
    public BpeOptions(IEnumerable<KeyValuePair<string, int>> vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        Vocabulary = vocabulary;
    }

    public BpeOptions(string vocabFile, string? mergesFile = null)
    {
        ArgumentNullException.ThrowIfNull(vocabFile);
        if (!File.Exists(vocabFile))
            throw new ArgumentException($"There is no vocabulary file '{vocabFile}'.");
        if (mergesFile is not null && !File.Exists(mergesFile))
            throw new ArgumentException($"There is no merges file '{mergesFile}'.");

        using var vocabulary = File.OpenRead(vocabFile);
        Vocabulary = JsonSerializer.Deserialize<Dictionary<string, int>>(vocabulary)
            ?? throw new InvalidOperationException($"The vocabulary file '{vocabFile}' holds null.");

        if (mergesFile is not null)
        {
            using var merges = File.OpenRead(mergesFile);
            Merges = BpeFiles.ReadMerges(merges);
        }
    }

    public string? BeginningOfSentenceToken { get; set; }

    public bool ByteLevel { get; set; }

    public string? ContinuingSubwordPrefix { get; set; }

    public string? EndOfSentenceToken { get; set; }

    public string? EndOfWordSuffix { get; set; }

    public bool FuseUnknownTokens { get; set; }

    public IEnumerable<string>? Merges { get; set; }

    public Normalizer? Normalizer { get; set; }

    public PreTokenizer? PreTokenizer { get; set; }

    public IReadOnlyDictionary<string, int>? SpecialTokens { get; set; }

    public string? UnknownToken { get; set; }

    public IEnumerable<KeyValuePair<string, int>> Vocabulary { get; }
}
