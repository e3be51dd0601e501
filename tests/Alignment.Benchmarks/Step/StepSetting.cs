using Alignment.Models;

namespace Alignment.Benchmarks;

/// <summary>One setting of the step benchmark.</summary>
/// <param name="Vocabulary">32k or 128k; hidden size and layers go with it.</param>
/// <param name="Lengths">even: prompt 384, responses 128; ragged: prompts of 48 to 384, responses of 16 to 192.</param>
/// <param name="Reference">online: a second model is computed at every step; cached: its numbers are given.</param>
/// <param name="Allocator">default, or tuned: glibc maps nothing apart and gives nothing back.</param>
internal sealed record StepSetting(string Vocabulary, string Lengths, string Reference, string Allocator)
{
    private const string Tuned = "glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=34359738368:glibc.malloc.hugetlb=1";

    /// <summary>Every setting that the benchmark prints a line for.</summary>
    public static IReadOnlyList<StepSetting> All { get; } =
    [
        .. from allocator in (string[])["default", "tuned"]
           from kind in ((string, string)[])[("even", "online"), ("even", "cached"), ("ragged", "online")]
           from vocabulary in (string[])["32k", "128k"]
           select new StepSetting(vocabulary, kind.Item1, kind.Item2, allocator),
    ];

    public string Name => $"{Vocabulary}-{Lengths}-{Reference}-{Allocator}";

    /// <summary>GLIBC_TUNABLES of a process of this setting.</summary>
    public string Tunables => Allocator == "tuned" ? Tuned : "";

    public DecoderConfig Config => Vocabulary == "32k" ? ReferenceModel.Config : new DecoderConfig
    {
        VocabularySize = 128_256,
        HiddenSize = 256,
        IntermediateSize = 704,
        Layers = 4,
        Attention = new AttentionConfig { Heads = 4, KeyValueHeads = 2 },
        TieEmbeddings = true,
        MaxPositions = 2048,
    };

    /// <summary>The four pairs of every step.</summary>
    public IReadOnlyList<TokenizedPair> Pairs()
    {
        var random = new Random(1701);
        int[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(Config.VocabularySize))];
        return [.. Enumerable.Range(0, 4).Select(_ => Lengths == "even"
            ? new TokenizedPair(Ids(384), Ids(128), Ids(128))
            : new TokenizedPair(Ids(random.Next(48, 385)), Ids(random.Next(16, 193)), Ids(random.Next(16, 193))))];
    }

    public static StepSetting Parse(string name) => All.Single(setting => setting.Name == name);
}
