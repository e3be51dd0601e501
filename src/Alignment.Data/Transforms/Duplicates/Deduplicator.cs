using System.Runtime.CompilerServices;
using Alignment.Data.Transforms;

namespace Alignment.Data;

/// <summary>Lets each record through once and counts the others. Not for several threads at a time.</summary>
/// <remarks>
/// It remembers 128 bits of hash for each record that it let through, about 40 bytes with the set around them; two different records are
/// taken for one with a probability of n² / 2^129. Similar records take about 1 kB each; how similarity is found, and what is missed,
/// stands in Transforms/NearDuplicates. One deduplicator over several streams removes what they share: go through the held-out rows
/// first, then through those for training.
/// </remarks>
public sealed class Deduplicator
{
    private readonly HashSet<UInt128> _hashes = [];
    private readonly NearDuplicateIndex? _index;
    private readonly DuplicateKey _key;

    /// <summary>Nothing seen yet.</summary>
    /// <param name="key">What makes two records the same.</param>
    public Deduplicator(DuplicateKey key = DuplicateKey.Record)
    {
        _key = Ensure.Defined(key, nameof(key));
        if (key is DuplicateKey.SimilarRecord or DuplicateKey.SimilarPrompt) _index = new NearDuplicateIndex();
    }

    /// <summary>Records seen.</summary>
    public long Seen { get; private set; }

    /// <summary>Records that were seen before and not let through.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Whether a record is the first of its kind. Counts it and remembers it.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="ArgumentException">Whole records are compared, and this one is of a kind of the caller's own.</exception>
    public bool IsNew(IPromptRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var isNew = _key switch
        {
            DuplicateKey.Record => _hashes.Add(ContentHash.OfRecord(record)),
            DuplicateKey.Prompt => _hashes.Add(ContentHash.OfPrompt(record.Prompt, salt: "")),
            DuplicateKey.SimilarRecord => IsNewText(RecordTexts.Of(record)),
            _ => IsNewText(record.Prompt),
        };
        Seen++;
        if (!isNew) Duplicates++;
        return isNew;
    }

    /// <summary>Lets the first record of each kind through, in order.</summary>
    /// <param name="records">The records.</param>
    /// <param name="cancellationToken">Ends the stream by an exception.</param>
    public async IAsyncEnumerable<T> Filter<T>(
        IAsyncEnumerable<T> records, [EnumeratorCancellation] CancellationToken cancellationToken = default) where T : IPromptRecord
    {
        ArgumentNullException.ThrowIfNull(records);
        await foreach (var record in records.WithCancellation(cancellationToken).ConfigureAwait(false))
            if (IsNew(record)) yield return record;
    }

    private bool IsNewText(params Transcript[] transcripts) =>
        _index!.Add(string.Join('\n', transcripts.Select(transcript => transcript.ToString()))) is null;
}
