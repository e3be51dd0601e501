using static TorchSharp.torch;

namespace Alignment.Generation;

/// <summary>The distribution that a step draws its tokens from.</summary>
/// <param name="LogProbs">Nats, <c>[R, C]</c>; -∞ is never drawn.</param>
/// <param name="Ids">Token of each place, int64 <c>[R, C]</c>, the most likely first; null where place and token are the same and C is V.</param>
internal readonly record struct NextToken(Tensor LogProbs, Tensor? Ids)
{
    private const int FirstGuess = 256;   // tokens among which a nucleus is looked for first

    /// <summary>Temperature, top-k, top-p and min-p, in this order, each on what is left.</summary>
    /// <param name="logits"><c>[R, V]</c>, float32 or float64.</param>
    /// <param name="options">The settings.</param>
    public static NextToken Of(Tensor logits, SamplingOptions options)
    {
        using var scope = NewDisposeScope();
        var next = new NextToken(options.Temperature == 1 ? logits : logits / options.Temperature, null);
        if (options.TopK is { } k && k < logits.shape[1]) next = Largest(next.LogProbs, k);
        if (options.TopP is { } p && p < 1) next = next.Ids is null ? Nucleus(next.LogProbs, p) : next.Within(p);
        var kept = next.LogProbs;
        if (options.MinP is { } least) kept = kept.masked_fill(kept.lt(kept.amax(1).unsqueeze(1) + Math.Log(least)), double.NegativeInfinity);
        return new NextToken(kept.log_softmax(1).MoveToOuterDisposeScope(), next.Ids?.MoveToOuterDisposeScope());
    }

    /// <summary>The token at which the cumulative probability passes a number, for each row.</summary>
    /// <param name="uniforms">float64 <c>[R]</c>, greater than 0 and below 1.</param>
    /// <returns>Ids, int64 <c>[R, 1]</c>, and their nats, <c>[R, 1]</c>.</returns>
    public (Tensor Ids, Tensor LogProbs) Draw(Tensor uniforms)
    {
        using var scope = NewDisposeScope();
        var cumulative = LogProbs.exp().cumsum(1, ScalarType.Float64);
        var total = cumulative.narrow(1, cumulative.shape[1] - 1, 1);
        var place = cumulative.le(uniforms.unsqueeze(1) * total).sum(1, true);   // [R, 1]
        var ids = Ids is null ? place : Ids.gather(1, place);
        return (ids.MoveToOuterDisposeScope(), LogProbs.gather(1, place).MoveToOuterDisposeScope());
    }

    /// <summary>The same with a place for each token of the vocabulary, <c>[R, V]</c>.</summary>
    public Tensor Dense(long vocabularySize)
    {
        if (Ids is null) return LogProbs.alias();
        using var scope = NewDisposeScope();
        var all = full([LogProbs.shape[0], vocabularySize], double.NegativeInfinity, dtype: LogProbs.dtype, device: LogProbs.device);
        return all.scatter_(1, Ids, LogProbs).MoveToOuterDisposeScope();
    }

    // The k largest and what ties with the last of them, in falling order. Among equals the larger id is first, whatever else shares the batch:
    // transformers, which sorts the other way round, drops the smaller ids first.
    private static NextToken Largest(Tensor logits, int k)
    {
        var (values, ids) = logits.topk(k);
        var last = values.narrow(1, k - 1, 1);
        var most = logits.ge(last).sum(1).max().item<long>();
        if (most > k)
        {
            (values, ids) = logits.topk((int)most);
            values = values.masked_fill(values.lt(last), double.NegativeInfinity);
        }
        var byId = ids.argsort(1, true);
        return Sorted(values.gather(1, byId), ids.gather(1, byId));
    }

    private static NextToken Sorted(Tensor values, Tensor ids)
    {
        var (sorted, order) = values.sort(1, true, true);
        return new NextToken(sorted, ids.gather(1, order));
    }

    // A sort of the whole vocabulary costs more than all else of a step, and a nucleus is seldom large.
    private static NextToken Nucleus(Tensor logits, double p)
    {
        var logSumExp = logits.logsumexp(1, true);
        var size = logits.shape[1];
        for (long guess = FirstGuess; guess < size; guess *= 16)
        {
            var candidates = Largest(logits, (int)guess);
            if ((candidates.LogProbs - logSumExp).exp().sum(1).gt(p).all().item<bool>()) return candidates.Within(p, logSumExp);
        }
        var ids = arange(size - 1, -1, -1, dtype: ScalarType.Int64, device: logits.device).expand(logits.shape);
        return Sorted(logits.flip(1), ids).Within(p, logSumExp);
    }

    // In falling order: a token stays while those before it have not reached p.
    private NextToken Within(double p, Tensor? logSumExp = null)
    {
        var mass = (LogProbs - (logSumExp ?? LogProbs.logsumexp(1, true))).exp().to(ScalarType.Float64);
        var before = mass.cumsum(1) - mass;
        return this with { LogProbs = LogProbs.masked_fill(before.ge(p), double.NegativeInfinity) };
    }
}
