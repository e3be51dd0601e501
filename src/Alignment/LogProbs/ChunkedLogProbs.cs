using static TorchSharp.torch;

namespace Alignment;

/// <summary>
/// Log-probabilities of given tokens straight from hidden states: <c>log softmax(h Wᵀ)[target]</c> for a few rows at a time, so that no
/// <c>[M, V]</c> tensor of logits ever exists.
/// </summary>
/// <remarks>
/// Forward keeps the log-sum-exp of each row and the picked logit. Backward computes each chunk of logits once more and turns it, in place,
/// into its gradient: with <c>p = softmax(z)</c>, <c>∂ log p[t] / ∂z = onehot(t) - p</c>. Cost: three products of
/// <c>2 M H V</c> operations forward and backward against the two of full logits plus one; memory: one chunk instead of <c>M</c> rows, several times over.
/// With a soft cap c, z is <c>c tanh(x / c)</c> of the product x, and the gradient of x has a factor <c>1 - (z / c)²</c>. With a temperature T,
/// it is <c>z / T</c> that goes through the softmax, and the gradient has a factor <c>1 / T</c>.
/// </remarks>
internal sealed class ChunkedLogProbs : autograd.SingleTensorFunction<ChunkedLogProbs>
{
    // A chunk of logits of 8 Mi numbers (32 MiB in float32) keeps a matrix product busy and stays small beside the weights.
    private const long ChunkElements = 8L << 20;

    public override string Name => nameof(ChunkedLogProbs);

    /// <summary>Log-probability of each target.</summary>
    /// <param name="hidden">Hidden states, <c>[M, H]</c>.</param>
    /// <param name="weight">Output projection, <c>[V, H]</c>, of the same type and device.</param>
    /// <param name="targets">Token ids below V, int64 <c>[M]</c>.</param>
    /// <param name="softCap">Bound c of the logits, or null for none.</param>
    /// <param name="chunkRows">Rows in a chunk; by default as many as make 8 Mi logits.</param>
    /// <param name="temperature">T, that logits are divided by; greater than 0.</param>
    /// <returns><c>[M]</c> nats; float32, or float64 for float64 inputs.</returns>
    public static Tensor Of(Tensor hidden, Tensor weight, Tensor targets, double? softCap = null, long? chunkRows = null, double temperature = 1)
    {
        Require(hidden, weight, targets);
        var rows = chunkRows ?? Math.Max(1, ChunkElements / weight.shape[0]);
        if (is_grad_enabled() && (hidden.requires_grad || weight.requires_grad)) return apply(hidden, weight, targets, softCap ?? 0, temperature, rows);
        var (values, logSumExp) = Compute(hidden, weight, targets, softCap ?? 0, temperature, rows);
        logSumExp.Dispose();
        return values;
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (hidden, weight, targets) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        var (cap, temperature, rows) = ((double)vars[3], (double)vars[4], (long)vars[5]);
        var (values, logSumExp) = Compute(hidden, weight, targets, cap, temperature, rows);
        ctx.save_for_backward([hidden, weight, targets, logSumExp]);
        ctx.save_data(nameof(cap), cap);
        ctx.save_data(nameof(temperature), temperature);
        ctx.save_data(nameof(rows), rows);
        ctx.save_data(nameof(hidden), hidden.requires_grad);
        ctx.save_data(nameof(weight), weight.requires_grad);
        return values;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (hidden, weight, targets, logSumExp) = (saved[0], saved[1], saved[2], saved[3]);
        var (cap, temperature) = ((double)ctx.get_data("cap"), (double)ctx.get_data("temperature"));
        var hiddenGrad = (bool)ctx.get_data(nameof(hidden)) ? empty_like(hidden) : null;
        // Sums over many chunks of a bfloat16 weight are kept in float32 and rounded once.
        var weightGrad = (bool)ctx.get_data(nameof(weight)) ? zeros_like(weight, dtype: grad_output.dtype) : null;
        foreach (var (start, count) in Chunks(hidden.shape[0], (long)ctx.get_data("rows")))
        {
            using var chunk = NewDisposeScope();
            var h = hidden.narrow(0, start, count);
            var g = grad_output.narrow(0, start, count).unsqueeze(1);
            var z = Logits(h, weight, cap, grad_output.dtype);
            var slope = cap > 0 ? 1 - (z / cap).square() : null;                             // of z by the product below the cap
            if (temperature != 1) z.div_(temperature);
            z.sub_(logSumExp.narrow(0, start, count).unsqueeze(1)).exp_().mul_(-g);          // -g p
            z.scatter_add_(1, targets.narrow(0, start, count).unsqueeze(1), g);               // g (onehot - p)
            if (slope is not null) z.mul_(slope);
            if (temperature != 1) z.div_(temperature);
            var dz = z.to(hidden.dtype);
            hiddenGrad?.narrow(0, start, count).copy_(dz.mm(weight));
            weightGrad?.add_(dz.t().mm(h));
        }
        return [hiddenGrad?.MoveToOuterDisposeScope()!, weightGrad?.to(weight.dtype).MoveToOuterDisposeScope()!, null!, null!, null!, null!];
    }

    private static (Tensor Values, Tensor LogSumExp) Compute(
        Tensor hidden, Tensor weight, Tensor targets, double cap, double temperature, long rows)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var type = hidden.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var values = empty(hidden.shape[0], dtype: type, device: hidden.device);
        var logSumExp = empty_like(values);
        foreach (var (start, count) in Chunks(hidden.shape[0], rows))
        {
            using var chunk = NewDisposeScope();
            var z = Logits(hidden.narrow(0, start, count), weight, cap, type);
            if (temperature != 1) z.div_(temperature);
            var lse = z.logsumexp(1);
            logSumExp.narrow(0, start, count).copy_(lse);
            values.narrow(0, start, count).copy_(z.gather(1, targets.narrow(0, start, count).unsqueeze(1)).squeeze(1) - lse);
        }
        return (values.MoveToOuterDisposeScope(), logSumExp.MoveToOuterDisposeScope());
    }

    private static Tensor Logits(Tensor hidden, Tensor weight, double cap, ScalarType type)
    {
        var product = hidden.mm(weight.t()).to(type);
        return cap > 0 ? product.div_(cap).tanh_().mul_(cap) : product;
    }

    private static IEnumerable<(long Start, long Count)> Chunks(long total, long rows)
    {
        for (long start = 0; start < total; start += rows) yield return (start, Math.Min(rows, total - start));
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
