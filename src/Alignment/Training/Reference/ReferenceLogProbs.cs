using System.Globalization;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Log-probabilities that a reference gave to the rows of a data set, computed once: training then holds one model instead of two.</summary>
/// <remarks>
/// Numbers are kept for each token, so that every loss can sum them in its own way, and are found by the ids of their sequence: order, batches and
/// shared prompts make no difference. A sequence that is not there is an error, never a number of another one. The numbers belong to one model
/// and one tokenizer, which <see cref="Model"/> and <see cref="Tokenizer"/> name; <see cref="Verify"/> computes some of them again.
/// </remarks>
public sealed class ReferenceLogProbs
{
    private readonly Dictionary<SequenceKey, float[]> _values;

    /// <summary>Numbers that were computed before, such as those of a file.</summary>
    /// <param name="model">What tells the model that gave them from others; see <see cref="ModelFingerprint"/>.</param>
    /// <param name="tokenizer">What tells the tokenizer of the rows from others; empty where it is not known.</param>
    /// <param name="values">Log-probability of each predicted token of each sequence, in nats.</param>
    public ReferenceLogProbs(string model, string tokenizer, IEnumerable<KeyValuePair<SequenceKey, float[]>> values)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(values);
        (Model, Tokenizer, _values) = (model, tokenizer, new(values));
    }

    /// <summary>Fingerprint of the model that gave the numbers.</summary>
    public string Model { get; }

    /// <summary>Fingerprint of the tokenizer that the rows were encoded with; empty where it is not known.</summary>
    public string Tokenizer { get; }

    /// <summary>Number of sequences.</summary>
    public int Count => _values.Count;

    /// <summary>All numbers by their sequences, in no particular order.</summary>
    public IEnumerable<KeyValuePair<SequenceKey, float[]>> Values => _values;

    /// <summary>Bytes of the numbers.</summary>
    internal long Bytes => _values.Values.Sum(numbers => (long)numbers.Length * sizeof(float));

    /// <summary>Computes the numbers of pairs.</summary>
    /// <param name="model">The reference. Its adapters compute as they are set.</param>
    /// <param name="pairs">The pairs.</param>
    /// <param name="tokenizer">Fingerprint of the tokenizer; empty where it is not known.</param>
    /// <param name="batchSize">Pairs that go through the model at once.</param>
    /// <param name="progress">Hears how many pairs are done.</param>
    /// <param name="cancellationToken">Ends the computation between two batches, by an exception.</param>
    public static ReferenceLogProbs Compute(CausalLanguageModel model, IReadOnlyList<TokenizedPair> pairs, string tokenizer = "", int batchSize = 16,
        IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        Compute(model, pairs, batch => TokenLayout.Of(batch, model.Device), tokenizer, batchSize, progress, cancellationToken);

    /// <summary>Computes the numbers of judged responses.</summary>
    /// <inheritdoc cref="Compute(CausalLanguageModel, IReadOnlyList{TokenizedPair}, string, int, IProgress{int}?, CancellationToken)"/>
    /// <param name="model">The reference. Its adapters compute as they are set.</param>
    /// <param name="responses">The responses.</param>
    /// <param name="rowsPerStep">For KTO, whose KL term pairs prompts with other rows' responses: the rows of a step of the run, so that these are computed too.</param>
    /// <param name="tokenizer">Fingerprint of the tokenizer; empty where it is not known.</param>
    /// <param name="batchSize">Responses that go through the model at once.</param>
    /// <param name="progress">Hears how many responses are done.</param>
    /// <param name="cancellationToken">Ends the computation between two batches, by an exception.</param>
    public static ReferenceLogProbs Compute(CausalLanguageModel model, IReadOnlyList<TokenizedResponse> responses, int? rowsPerStep = null, string tokenizer = "", int batchSize = 16,
        IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(responses);
        IReadOnlyList<TokenizedResponse> rows = rowsPerStep is int size
            ? [.. responses, .. KtoRow.Of(responses, Ensure.AtLeast(size, 2, nameof(rowsPerStep))).Select(row => row.AsMismatched(model.MaxPositions))]
            : responses;
        return Compute(model, rows, batch => TokenLayout.Of(batch, model.Device), tokenizer, batchSize, progress, cancellationToken);
    }

    /// <summary>These numbers and those of other rows, such as the held-out ones.</summary>
    /// <param name="other">Numbers of the same model and tokenizer; of a sequence that both have, these here stay.</param>
    /// <exception cref="ArgumentException">They are of another model or tokenizer.</exception>
    public ReferenceLogProbs With(ReferenceLogProbs other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Model == Model && other.Tokenizer == Tokenizer
            ? new ReferenceLogProbs(Model, Tokenizer, _values.Concat(other._values.Where(entry => !_values.ContainsKey(entry.Key))))
            : throw new ArgumentException("Both must be of one model and one tokenizer.", nameof(other));
    }

    /// <summary>Computes some of the numbers again and compares.</summary>
    /// <param name="model">The reference, or a policy that has not been trained yet.</param>
    /// <param name="pairs">Rows that the numbers are for; the first, the last and some between are looked at.</param>
    /// <param name="sample">How many rows.</param>
    /// <param name="tolerance">Nats by which a response may differ.</param>
    /// <exception cref="TrainingException">A number is missing or differs: it is of another model, other rows or another tokenizer.</exception>
    public void Verify(CausalLanguageModel model, IReadOnlyList<TokenizedPair> pairs, int sample = 8, double tolerance = 0.05)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(pairs);
        var count = Math.Min(sample, pairs.Count);
        for (var i = 0; i < count; i++)
        {
            var place = (int)((long)i * (pairs.Count - 1) / Math.Max(1, count - 1));
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            using var layout = TokenLayout.Of([pairs[place]], model.Device);
            var difference = (model.TokenLogProbs(layout).Sum().Values - Of(layout).Sum().Values).abs().max().to(ScalarType.Float64).item<double>();
            if (difference <= tolerance) continue;
            throw new TrainingException(string.Create(CultureInfo.InvariantCulture,
                $"The reference's kept log-probabilities differ by {difference:G4} nats from what the model gives for pair {place}: they are of another model. Compute them again."));
        }
    }

    /// <summary>The numbers of a batch.</summary>
    /// <param name="layout">The batch.</param>
    /// <param name="type">The type to give them in; they are kept in float32.</param>
    /// <exception cref="TrainingException">A sequence is not there.</exception>
    internal TokenLogProbs Of(TokenLayout layout, ScalarType type = ScalarType.Float32)
    {
        var values = new List<float>(layout.ResponseTokenCount);
        foreach (var (sequence, key) in layout.Keys().Index())
        {
            if (!_values.TryGetValue(key, out var own))
                throw new TrainingException($"The reference's kept log-probabilities have none for sequence {sequence} of a batch: they were computed for other rows, or with another tokenizer. Compute them again.");
            values.AddRange(own);
        }
        return new TokenLogProbs(tensor(values, dtype: type, device: layout.Tokens.device), layout.SequenceIds, layout.ResponseLengths);
    }

    private static ReferenceLogProbs Compute<TRow>(CausalLanguageModel model, IReadOnlyList<TRow> rows, Func<TRow[], TokenLayout> layoutOf, string tokenizer, int batchSize,
        IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        Ensure.AtLeast(batchSize, 1, nameof(batchSize));
        var values = new Dictionary<SequenceKey, float[]>();
        using var evaluation = new EvaluationMode(model);
        using var noGrad = no_grad();
        var done = 0;
        foreach (var batch in rows.Chunk(batchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var layout = layoutOf(batch);
            var tokens = model.TokenLogProbs(layout).Values.to(ScalarType.Float32).cpu().data<float>().ToArray();
            var start = 0;
            foreach (var (key, length) in layout.Keys().Zip(layout.ResponseLengths))
            {
                values[key] = tokens[start..(start + length)];
                start += length;
            }
            progress?.Report(done += batch.Length);
        }
        return new ReferenceLogProbs(ModelFingerprint.Of(model), tokenizer, values);
    }
}
