namespace Alignment.Data;

/// <summary>What a data report looks for.</summary>
public sealed record DataReportOptions
{
    /// <summary>What is reported on, for the heading.</summary>
    /// <value>The default is "Data".</value>
    public string Title { get; init => field = Ensure.NotNull(value); } = "Data";

    /// <summary>The tokenizer of the model: lengths are then counted in tokens too, and beginning, end and masks are checked.</summary>
    /// <value>The default is null: characters only.</value>
    public ITokenizer? Tokenizer { get; init; }

    /// <summary>How training will turn rows into tokens.</summary>
    /// <value>
    /// The default is the default of <see cref="EncodingOptions"/>. Rows over its <see cref="EncodingOptions.MaxLength"/> are measured whole and counted by
    /// what makes them too long. Read only where there is a <see cref="Tokenizer"/>.
    /// </value>
    public EncodingOptions Encoding { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>The most characters of prompt and response together; rows over it are counted by cause.</summary>
    /// <value>The default is null: no limit. At least 1.</value>
    public int? MaxCharacters { get; init => field = value is { } most ? Ensure.AtLeast(most, 1) : null; }

    /// <summary>The weight that KTO will give to desirable responses.</summary>
    /// <value>The default is 1. Finite, greater than 0.</value>
    public double DesirableWeight { get; init => field = Ensure.Positive(value); } = 1;

    /// <summary>The weight that KTO will give to undesirable responses.</summary>
    /// <value>The default is 1. Finite, greater than 0.</value>
    public double UndesirableWeight { get; init => field = Ensure.Positive(value); } = 1;

    /// <summary>Whether prompts are compared for being nearly the same, which takes most of the time.</summary>
    /// <value>The default is true.</value>
    public bool NearDuplicates { get; init; } = true;

    /// <summary>Whether a report shows the beginnings of texts. They may hold what must not leave the house.</summary>
    /// <value>The default is false: rows are named by number, id and source.</value>
    public bool IncludeExamples { get; init; }

    /// <summary>How many rows a finding names.</summary>
    /// <value>The default is 5. 0 or greater.</value>
    public int ExamplesPerFinding { get; init => field = Ensure.AtLeast(value, 0); } = 5;

    /// <summary>Seeds the sample and the folds of the label-noise estimate.</summary>
    /// <value>The default is 0.</value>
    public ulong Seed { get; init; }

    /// <summary>How many rows are shown as the model sees them, where there is a <see cref="Tokenizer"/> and <see cref="IncludeExamples"/> is set.</summary>
    /// <value>The default is 3. 0 or greater.</value>
    public int Previews { get; init => field = Ensure.AtLeast(value, 0); } = 3;

    /// <summary>The clock that dates the report.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider Time { get; init => field = Ensure.NotNull(value); } = TimeProvider.System;
}
