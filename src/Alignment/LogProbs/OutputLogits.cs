using TorchSharp;
using static TorchSharp.torch;

namespace Alignment;

/// <summary>Logits of some rows at a time, from which log-probabilities and their slopes are made where the logits lie.</summary>
/// <remarks>
/// With <c>p = softmax(z)</c>, the slope of <c>-log p[t]</c> by a logit is <c>p - onehot(t)</c>. With a soft cap c, z is <c>c tanh(x / c)</c> of the
/// product x, and the slope by x has a factor <c>1 - (z / c)²</c>. With a temperature T, it is <c>z / T</c> that goes through the softmax, and the
/// slope has a factor <c>1 / T</c>. On the CPU a few rows go through all operators before the next few, so that they stay in the cache.
/// </remarks>
internal sealed class OutputLogits(Tensor hidden, Tensor weight, Tensor targets, double cap, double temperature)
{
    // 2 MiB in float32: measured on cores with 1 MiB each, four times as much is a tenth slower.
    private const long CachedElements = 512L << 10;

    private readonly ScalarType type = hidden.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;

    /// <summary>M, the number of rows.</summary>
    public long Count => hidden.shape[0];

    /// <summary>V.</summary>
    public long Vocabulary => weight.shape[0];

    /// <summary>A tensor of the type of log-probabilities.</summary>
    public Tensor New(params long[] shape) => empty(shape, dtype: type, device: hidden.device);

    /// <summary>Computes log-probabilities; the rows hold nothing of use in the end.</summary>
    /// <param name="rows">Room for logits, <c>[n, V]</c>.</param>
    /// <param name="start">First of the n rows of hidden states.</param>
    /// <param name="values">Where the log-probabilities go, <c>[M]</c>.</param>
    public void Fill(Tensor rows, long start, Tensor values) => Fill(rows, start, values, needsSlopes: false);

    /// <summary>Leaves the slope of <c>-log p[t]</c> in the rows, and the log-probabilities in <paramref name="values"/> if given.</summary>
    /// <inheritdoc cref="Fill(Tensor, long, Tensor)"/>
    public void FillSlopes(Tensor rows, long start, Tensor? values = null) => Fill(rows, start, values, needsSlopes: true);

    private void Fill(Tensor rows, long start, Tensor? values, bool needsSlopes)
    {
        Project(rows, start);
        var slice = hidden.device_type == DeviceType.CPU ? Math.Max(1, CachedElements / Vocabulary) : rows.shape[0];
        for (long first = 0; first < rows.shape[0]; first += slice)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(slice, rows.shape[0] - first);
            var logProbs = Turn(rows.narrow(0, first, count), targets.narrow(0, start + first, count).unsqueeze(1), needsSlopes);
            values?.narrow(0, start + first, count).copy_(logProbs);
        }
    }

    private void Project(Tensor rows, long start)
    {
        using var scope = NewDisposeScope();
        var (states, matrix) = (hidden.narrow(0, start, rows.shape[0]), weight.t());
        if (type == hidden.dtype) rows.addmm_(states, matrix, beta: 0);
        else rows.copy_(states.mm(matrix));
    }

    /// <summary>Turns logits before the cap, <c>[n, V]</c>, into slopes where they lie, and gives log-probabilities, <c>[n]</c>.</summary>
    private Tensor Turn(Tensor z, Tensor target, bool needsSlopes)
    {
        Tensor? slopeOfCap = null;
        if (cap > 0)
        {
            z.div_(cap).tanh_();
            if (needsSlopes) slopeOfCap = 1 - z.square();
            z.mul_(cap);
        }
        if (temperature != 1) z.div_(temperature);
        var (picked, largest) = (z.gather(1, target), z.amax(1).unsqueeze(1));
        var sum = z.sub_(largest).exp_().sum(1, keepdim: true);
        if (needsSlopes)
        {
            z.div_(sum).scatter_add_(1, target, full_like(sum, -1));
            if (slopeOfCap is not null) z.mul_(slopeOfCap);
            if (temperature != 1) z.div_(temperature);
        }
        return (picked - largest - sum.log()).squeeze(1);
    }
}
