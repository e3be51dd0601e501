namespace Alignment.Training;

/// <summary>How a model came about, exactly enough to make it again: what went in, how it was trained, what was measured, with which software.</summary>
/// <remarks>
/// Observed by a <see cref="ProvenanceObserver"/>, completed by the program, and written beside the model by a <see cref="ModelCard"/>. A model's
/// folder is made to be published: of values that are full paths only the last part is written.
/// </remarks>
public sealed record Provenance
{
    /// <summary>The method, for example <c>DPO</c>.</summary>
    public required string Method { get; init => field = Ensure.NotNull(value); }

    /// <summary>The model that training started from: a repository of the Hub such as <c>Qwen/Qwen3-0.6B</c>, or a folder.</summary>
    /// <value>The default is null: made from scratch, or not known.</value>
    public string? BaseModel { get; init; }

    /// <summary>Configuration and weights of that model; see <see cref="HashedFile.OfModel"/>.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<HashedFile> BaseFiles { get; init => field = Ensure.NotNull(value); } = [];

    /// <summary>Tokenizer and chat template; see <see cref="HashedFile.OfTokenizer"/>.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<HashedFile> TokenizerFiles { get; init => field = Ensure.NotNull(value); } = [];

    /// <summary>The rows that the run read.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<DataProvenance> Data { get; init => field = Ensure.NotNull(value); } = [];

    /// <summary>All settings by their names, as <see cref="RunStarted.Settings"/> has them.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyDictionary<string, string> Settings { get; init => field = Ensure.NotNull(value); } = new Dictionary<string, string>();

    /// <summary>What was measured last, in training and evaluation.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<Metric> Metrics { get; init => field = Ensure.NotNull(value); } = [];

    /// <summary>Optimizer steps done.</summary>
    /// <value>The default is null: not known.</value>
    public int? Steps { get; init; }

    /// <summary>Why training ended.</summary>
    /// <value>The default is null: not known.</value>
    public RunEnd? End { get; init; }

    /// <summary>When training began; where it was resumed, its last part.</summary>
    /// <value>The default is null: not known.</value>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When training ended.</summary>
    /// <value>The default is null: not known.</value>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>Time in training and evaluation, over all parts of a run that was resumed.</summary>
    /// <value>The default is null: not known.</value>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>Software by name and version.</summary>
    /// <value>The default is that of this process: the library, TorchSharp, libtorch, .NET and the operating system.</value>
    public IReadOnlyDictionary<string, string> Versions { get; init => field = Ensure.NotNull(value); } = SoftwareVersions.OfThisProcess();
}
