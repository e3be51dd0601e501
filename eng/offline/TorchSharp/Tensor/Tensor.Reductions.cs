namespace TorchSharp;

public static partial class torch
{
    // Operators that make a tensor smaller, and sorting. The names after "Op." are those of PyTorch's own schemas.
    public partial class Tensor
    {
        public Tensor all() => Op.Run("all", this);
        public Tensor all(long dim, bool keepdim = false) => Op.Run("all.dim", this, dim, keepdim);
        public Tensor any() => Op.Run("any", this);
        public Tensor any(long dim, bool keepdim = false) => Op.Run("any.dim", this, dim, keepdim);
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Op.Run("sum.dim_IntList", this, dim, keepdim, type);
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Op.Run("sum.dim_IntList", this, dim, keepdim, type);
        public Tensor sum(ScalarType? type = null) => Op.Run("sum", this, type);
        public Tensor mean() => Op.Run("mean", this);
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Op.Run("mean.dim", this, dimensions, keepdim, type);
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Op.Run("prod.dim_int", this, dim, keepdim, type);
        public Tensor prod(ScalarType? type = null) => Op.Run("prod", this, type);
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Op.Many("max.dim", this, dim, keepdim) is var r ? (r[0], r[1]) : default;
        public Tensor max() => Op.Run("max", this);
        public Tensor max(Tensor other) => Op.Run("max.other", this, other);
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Op.Many("min.dim", this, dim, keepdim) is var r ? (r[0], r[1]) : default;
        public Tensor min() => Op.Run("min", this);
        public Tensor min(Tensor other) => Op.Run("min.other", this, other);
        public Tensor amax(params long[] dims) => Op.Run("amax", this, dims);
        public Tensor amin(params long[] dims) => Op.Run("amin", this, dims);
        public Tensor argmax() => Op.Run("argmax", this);
        public Tensor argmax(long dim, bool keepdim = false) => Op.Run("argmax", this, dim, keepdim);
        public Tensor argmin() => Op.Run("argmin", this);
        public Tensor argmin(long dim, bool keepdim = false) => Op.Run("argmin", this, dim, keepdim);
        public Tensor argsort(long dim = -1, bool descending = false) => Op.Run("argsort", this, dim, descending);
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => Op.Many("topk", this, k, dim, largest, sorted) is var r ? (r[0], r[1]) : default;
        public Tensor logsumexp(long dim, bool keepdim = false) => Op.Run("logsumexp", this, dim, keepdim);
        public Tensor std(bool unbiased = true) => Op.Run("std", this, unbiased);
        public Tensor var(bool unbiased = true) => Op.Run("var", this, unbiased);
        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => Op.Many("std_mean", this, unbiased) is var r ? (r[0], r[1]) : default;
        public (Tensor var, Tensor mean) var_mean(bool unbiased = true) => Op.Many("var_mean", this, unbiased) is var r ? (r[0], r[1]) : default;
        public Tensor norm(float p = 2f) => Op.Run("norm.Scalar", this, p);
        public Tensor cumsum(long dim, ScalarType? type = null) => Op.Run("cumsum", this, dim, type);
        public Tensor cumprod(long dim, ScalarType? type = null) => Op.Run("cumprod", this, dim, type);
        public Tensor median() => Op.Run("median", this);
        public (Tensor values, Tensor indices) mode(long dim = -1, bool keepdim = false) => Op.Many("mode", this, dim, keepdim) is var r ? (r[0], r[1]) : default;
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Op.Run("quantile", this, q, dim, keepdim);
        public Tensor softmax(long dim, ScalarType? dtype = null) => Op.Run("softmax.int", this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Op.Run("log_softmax.int", this, dim, dtype);
        public Tensor logcumsumexp(long dim) => Op.Run("logcumsumexp", this, dim);
        public (Tensor values, Tensor indexes) cummax(long dim) => Op.Many("cummax", this, dim) is var r ? (r[0], r[1]) : default;
        public (Tensor values, Tensor indexes) cummin(long dim) => Op.Many("cummin", this, dim) is var r ? (r[0], r[1]) : default;
        public Tensor bincount(Tensor? weights, long minlength = 0) => Op.Run("bincount", this, weights, minlength);
        public Tensor nonzero() => Op.Run("nonzero", this);
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) => Op.Many("sort.stable", this, stable, dim, descending) is var r ? (r[0], r[1]) : default;
        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) => Op.Many("kthvalue", this, k, dim ?? -1, keepdim) is var r ? (r[0], r[1]) : default;
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Op.Run("std.dim", this, dim, unbiased, keepdim);
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Op.Run("std.dim", this, dimensions, unbiased, keepdim);
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Op.Run("var.dim", this, dim, unbiased, keepdim);
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Op.Run("var.dim", this, dimensions, unbiased, keepdim);
        public Tensor norm(int dim, bool keepdim = false, float p = 2f) => Op.Run("norm.ScalarOpt_dim", this, p, dim, keepdim);
        public Tensor count_nonzero(long[]? dims = null) => dims is null ? Op.Run("count_nonzero", this) : Op.Run("count_nonzero.dim_IntList", this, dims);
    }
}
