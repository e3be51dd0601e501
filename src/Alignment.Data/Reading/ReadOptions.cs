using System.Collections.Frozen;
using Alignment.Data.Reading;

namespace Alignment.Data;

/// <summary>How data files are read.</summary>
public sealed record ReadOptions
{
    /// <summary>Columns under other names: our name to the file's, for example <c>["response"] = "final_answer"</c>.</summary>
    /// <value>
    /// The default is empty: the names that the field uses are found by themselves. Our names are prompt, input, system, chosen, rejected, response,
    /// messages, text, label, rating, margin, weight, id, source, chosen_score and rejected_score.
    /// </value>
    public IReadOnlyDictionary<string, string> Columns { get; init => field = Checked(value); } = FrozenDictionary<string, string>.Empty;

    /// <summary>What happens to rows that can't become records.</summary>
    /// <value>The default is <see cref="BadRows.Fail"/>.</value>
    public BadRows BadRows { get; init => field = Ensure.Defined(value); } = BadRows.Fail;

    /// <summary>Whether a pair's margin is the difference of two scores or ratings, chosen less rejected. A file without both is then an error.</summary>
    /// <value>The default is false: a margin comes from a column <c>margin</c> alone.</value>
    public bool MarginFromScores { get; init; }

    /// <summary>What <see cref="IPromptRecord.Source"/> is to be for every record.</summary>
    /// <value>The default is null: a column <c>source</c> or <c>dataset</c> says it, where there is one.</value>
    public string? Source { get; init; }

    /// <summary>The most characters of a text, or of the messages of one conversation together. A row with more is a bad row.</summary>
    /// <value>The default is 10,000,000. At least 1.</value>
    public int MaxFieldCharacters { get; init => field = Ensure.AtLeast(value, 1); } = 10_000_000;

    /// <summary>The most bytes of a line of JSON, which is never held whole where it is longer. A longer line is a bad row.</summary>
    /// <value>The default is 64 MiB. At least 2.</value>
    public int MaxLineBytes { get; init => field = Ensure.AtLeast(value, 2); } = 1 << 26;

    /// <summary>The most bytes that the columns of one row group of Parquet may take, by what the file says of itself. More is an error.</summary>
    /// <value>The default is 4 GiB. At least 1.</value>
    public long MaxRowGroupBytes
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaxRowGroupBytes), value, "MaxRowGroupBytes must be at least 1.");
    } = 1L << 32;

    /// <summary>The most records that are given, over all files; the reading ends there.</summary>
    /// <value>The default is null: all. At least 1.</value>
    public long? MaxRecords
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaxRecords), value, "MaxRecords must be at least 1.");
    }

    /// <summary>Is told how far the reading is, once for each row group or block of lines.</summary>
    /// <value>The default is null.</value>
    public IProgress<ReadProgress>? Progress { get; init; }

    private static FrozenDictionary<string, string> Checked(IReadOnlyDictionary<string, string> columns)
    {
        foreach (var (name, column) in Ensure.NotNull(columns, nameof(Columns)))
        {
            if (!ColumnNames.All.Contains(name))
                throw new ArgumentException($"Columns must have keys of {string.Join(", ", ColumnNames.All)}. Actual key was '{name}'.", nameof(columns));
            if (string.IsNullOrEmpty(column)) throw new ArgumentException($"Columns must name a column of the file for '{name}'.", nameof(columns));
        }
        return columns.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
