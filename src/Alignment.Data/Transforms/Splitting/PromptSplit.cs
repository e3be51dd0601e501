using System.Globalization;
using System.Runtime.CompilerServices;
using Alignment.Data.Transforms;

namespace Alignment.Data;

/// <summary>
/// Splits data sets by a hash of the prompt: all rows of a prompt are in one part, and a prompt is in the same part in every data set,
/// in every order, on every machine and in every version. Rows that come later move no other row.
/// </summary>
/// <remarks>
/// The hash is SHA-256 over salt, roles and texts of the prompt; texts that differ only in white space or in Unicode's composition count as one, and
/// plain text counts as one user message. The first 53 bits are a number u in [0, 1): the test has u &lt; Test, validation u &lt; Test + Validation.
/// The shares are of prompts: where prompts have different numbers of rows, the shares of rows differ from them by chance. Prompts that are only
/// similar may still be in two parts: <see cref="DuplicateKey.SimilarPrompt"/> finds them.
/// </remarks>
public sealed class PromptSplit
{
    private readonly SplitOptions _options;

    /// <summary>A split by options.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">Validation and test together leave nothing to train on.</exception>
    public PromptSplit(SplitOptions? options = null)
    {
        _options = options ?? new();
        if (_options.Validation + _options.Test >= 1)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Validation and Test together must be below 1. Actual values were {_options.Validation} and {_options.Test}."), nameof(options));
        }
    }

    /// <summary>The part of all rows with a prompt.</summary>
    /// <param name="prompt">The prompt.</param>
    public SplitPart Of(Transcript prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var u = (ulong)(ContentHash.OfPrompt(prompt, _options.Salt) >> (128 - 53)) * (1.0 / (1L << 53));
        return u < _options.Test ? SplitPart.Test
            : u < _options.Test + _options.Validation ? SplitPart.Validation
            : SplitPart.Train;
    }

    /// <summary>The rows of one part, in their order.</summary>
    /// <param name="records">The data set.</param>
    /// <param name="part">The part.</param>
    /// <param name="cancellationToken">Ends the stream by an exception.</param>
    public async IAsyncEnumerable<T> Only<T>(
        IAsyncEnumerable<T> records, SplitPart part, [EnumeratorCancellation] CancellationToken cancellationToken = default) where T : IPromptRecord
    {
        ArgumentNullException.ThrowIfNull(records);
        Ensure.Defined(part, nameof(part));
        await foreach (var record in records.WithCancellation(cancellationToken).ConfigureAwait(false))
            if (Of(record.Prompt) == part) yield return record;
    }

    /// <summary>All parts at once, in memory.</summary>
    /// <param name="records">The data set.</param>
    /// <param name="cancellationToken">Ends the reading by an exception.</param>
    public async Task<SplitRecords<T>> PartitionAsync<T>(IAsyncEnumerable<T> records, CancellationToken cancellationToken = default) where T : IPromptRecord
    {
        ArgumentNullException.ThrowIfNull(records);
        List<T> train = [], validation = [], test = [];
        await foreach (var record in records.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var part = Of(record.Prompt) switch
            {
                SplitPart.Train => train,
                SplitPart.Validation => validation,
                _ => test,
            };
            part.Add(record);
        }
        return new SplitRecords<T>(train, validation, test);
    }
}
