using static TorchSharp.torch;

namespace Alignment;

/// <summary>
/// Log-probabilities of given tokens straight from hidden states: <c>log softmax(h Wᵀ)[target]</c> for a few rows at a time, so that no
/// <c>[M, V]</c> tensor of logits ever exists.
/// </summary>
/// <remarks>
/// Forward turns the logits of some rows into <c>d = softmax(z) - onehot(target)</c> where they lie, and keeps that up to a limit; backward
/// computes the other rows once more. With the gradient g of each log-probability, that of h is <c>-g d W</c> and that of W <c>-dᵀ (g h)</c>: two
/// products and nothing else of the size of logits. Cost: three products of <c>2 M H V</c> operations as with full logits, and one more for rows
/// that were not kept; memory: the kept rows and one chunk. See <see cref="OutputLogits"/> for soft cap and temperature.
/// </remarks>
internal sealed class ChunkedLogProbs : autograd.SingleTensorFunction<ChunkedLogProbs>
{
    // A chunk of 16 Mi logits (64 MiB in float32) is 524 rows of a vocabulary of 32,000 and 130 of 128,256: products of fewer rows are slower.
    private const long ChunkElements = 16L << 20;

    // 256 MiB in float32: 2,097 response tokens at 32,000, 523 at 128,256. Each kept row saves one of four products of the policy.
    private const long KeptElements = 64L << 20;

    public override string Name => nameof(ChunkedLogProbs);

    /// <summary>Log-probability of each target.</summary>
    /// <remarks>The gradient of a weight that is a leaf is added to its <c>grad</c> directly, with no second tensor of its size.</remarks>
    /// <param name="hidden">Hidden states, <c>[M, H]</c>.</param>
    /// <param name="weight">Output projection, <c>[V, H]</c>, of the same type and device.</param>
    /// <param name="targets">Token ids below V, int64 <c>[M]</c>.</param>
    /// <param name="softCap">Bound c of the logits, or null for none.</param>
    /// <param name="chunkRows">Rows in a chunk; by default as many as make 16 Mi logits.</param>
    /// <param name="temperature">T, that logits are divided by; greater than 0.</param>
    /// <param name="keptRows">Rows kept for backward; by default as many as make 64 Mi logits.</param>
    /// <param name="isRehearsal">Whether, without gradients, rows are multiplied in the same parts as with them, so that the numbers have the same bits.</param>
    /// <returns><c>[M]</c> nats; float32, or float64 for float64 inputs.</returns>
    public static Tensor Of(Tensor hidden, Tensor weight, Tensor targets, double? softCap = null, long? chunkRows = null, double temperature = 1,
        long? keptRows = null, bool isRehearsal = false)
    {
        Require(hidden, weight, targets);
        var chunk = chunkRows ?? Math.Max(1, ChunkElements / weight.shape[0]);
        var kept = Math.Min(keptRows ?? KeptElements / weight.shape[0], hidden.shape[0]);
        if (is_grad_enabled() && (hidden.requires_grad || weight.requires_grad))
        {
            return apply(hidden, weight, targets, softCap ?? 0, temperature, chunk, kept);
        }
        if (!isRehearsal) kept = 0;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var logits = new OutputLogits(hidden, weight, targets, softCap ?? 0, temperature);
        var values = logits.New(hidden.shape[0]);
        if (kept > 0)
        {
            using var first = logits.New(kept, logits.Vocabulary);
            logits.Fill(first, 0, values);
        }
        foreach (var (start, rows) in Chunks(logits, kept, chunk)) logits.Fill(rows, start, values);
        return values.MoveToOuterDisposeScope();
    }

    /// <summary>Bytes of slopes and of a chunk that a pass with gradients holds, free after its backward.</summary>
    public static long Bytes(long rows, long vocabulary, bool isFloat64)
    {
        var kept = Math.Min(rows, KeptElements / vocabulary);
        var chunk = Math.Min(rows - kept, Math.Max(1, ChunkElements / vocabulary));
        return (kept + chunk) * vocabulary * (isFloat64 ? sizeof(double) : sizeof(float));
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (hidden, weight, targets) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        var (cap, temperature, chunk, kept) = ((double)vars[3], (double)vars[4], (long)vars[5], (long)vars[6]);
        var logits = new OutputLogits(hidden, weight, targets, cap, temperature);
        var values = logits.New(hidden.shape[0]);
        var slopes = logits.New(kept, logits.Vocabulary);
        if (kept > 0) logits.FillSlopes(slopes, 0, values);
        foreach (var (start, rows) in Chunks(logits, kept, chunk)) logits.Fill(rows, start, values);
        ctx.save_for_backward([hidden, weight, targets]);
        ctx.save_data(nameof(slopes), slopes.DetachFromDisposeScope());   // backward frees them, where the graph would keep them to its end
        ctx.save_data(nameof(cap), cap);
        ctx.save_data(nameof(temperature), temperature);
        ctx.save_data(nameof(chunk), chunk);
        ctx.save_data(nameof(hidden), hidden.requires_grad);
        ctx.save_data(nameof(weight), weight.requires_grad);
        return values.MoveToOuterDisposeScope();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var saved = ctx.get_saved_variables();
        var (hidden, weight, targets) = (saved[0], saved[1], saved[2]);
        var logits = new OutputLogits(hidden, weight, targets, (double)ctx.get_data("cap"), (double)ctx.get_data("temperature"));
        using var gradients = new LogitGradients(
            hidden, weight, grad_output, (bool)ctx.get_data(nameof(hidden)), (bool)ctx.get_data(nameof(weight)));
        using var slopes = (Tensor)ctx.get_data("slopes");
        var kept = slopes.IsInvalid ? 0 : slopes.shape[0];   // a second backward computes all rows once more
        if (kept > 0) gradients.Add(slopes, 0);
        foreach (var (start, rows) in Chunks(logits, kept, (long)ctx.get_data("chunk")))
        {
            logits.FillSlopes(rows, start);
            gradients.Add(rows, start);
        }
        return [gradients.OfHidden()!, gradients.OfWeight()!, null!, null!, null!, null!, null!];
    }

    /// <summary>Pieces of one buffer, one after another, for the rows from a first one on.</summary>
    private static IEnumerable<(long Start, Tensor Rows)> Chunks(OutputLogits logits, long first, long chunk)
    {
        if (first >= logits.Count) yield break;
        using var buffer = logits.New(Math.Min(chunk, logits.Count - first), logits.Vocabulary);
        for (var start = first; start < logits.Count; start += chunk)
        {
            using var rows = buffer.narrow(0, 0, Math.Min(chunk, logits.Count - start));
            yield return (start, rows);
        }
    }

    // A shape error inside libtorch would end the process, so it is caught here.
    private static void Require(Tensor hidden, Tensor weight, Tensor targets)
    {
        if (hidden.dim() != 2 || weight.dim() != 2 || hidden.shape[1] != weight.shape[1])
            throw new ArgumentException($"Hidden states [M, H] and output weight [V, H] must agree in H; got {hidden} and {weight}.", nameof(hidden));
        if (targets.dim() != 1 || targets.shape[0] != hidden.shape[0] || targets.dtype != ScalarType.Int64)
            throw new ArgumentException($"Targets must be int64 [M] with M = {hidden.shape[0]}; got {targets}.", nameof(targets));
        if (hidden.dtype != weight.dtype)
            throw new ArgumentException($"Hidden states and output weight must have one type; got {hidden.dtype} and {weight.dtype}.", nameof(weight));
    }
}
