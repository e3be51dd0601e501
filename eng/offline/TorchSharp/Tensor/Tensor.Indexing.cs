namespace TorchSharp;

public static partial class torch
{
    // Reading and writing at indices. The names after "Op." are those of PyTorch's own schemas.
    public partial class Tensor
    {
        public Tensor gather(long dim, Tensor index) => Op.Run("gather", this, dim, index);
        public Tensor scatter(long dim, Tensor index, Tensor src) => Op.Run("scatter.src", this, dim, index, src);
        public Tensor scatter_(long dim, Tensor index, Tensor src) => Op.Into(this, "scatter_.src", this, dim, index, src);
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Op.Run("scatter_add", this, dim, index, src);
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Op.Into(this, "scatter_add_", this, dim, index, src);
        public Tensor index_select(long dim, Tensor index) => Op.Run("index_select", this, dim, index);
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Op.Run("index_add", this, dim, index, source, alpha);
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => Op.Into(this, "index_add_", this, dim, index, source, alpha);
        public Tensor index_copy(long dim, Tensor index, Tensor source) => Op.Run("index_copy", this, dim, index, source);
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Op.Into(this, "index_copy_", this, dim, index, source);
        public Tensor index_fill(long dim, Tensor index, Scalar value) => Op.Run("index_fill.int_Scalar", this, dim, index, value);
        public Tensor index_fill_(long dim, Tensor index, Scalar value) => Op.Into(this, "index_fill_.int_Scalar", this, dim, index, value);
        public Tensor masked_fill(Tensor mask, Scalar value) => Op.Run("masked_fill.Scalar", this, mask, value);
        public Tensor masked_fill_(Tensor mask, Scalar value) => Op.Into(this, "masked_fill_.Scalar", this, mask, value);
        public Tensor masked_select(Tensor mask) => Op.Run("masked_select", this, mask);
        public Tensor masked_scatter(Tensor mask, Tensor value) => Op.Run("masked_scatter", this, mask, value);
        public Tensor masked_scatter_(Tensor mask, Tensor value) => Op.Into(this, "masked_scatter_", this, mask, value);
        public Tensor take(Tensor index) => Op.Run("take", this, index);
        public Tensor take_along_dim(Tensor indices) => Op.Run("take_along_dim", this, indices);
        public Tensor take_along_dim(Tensor indices, long dim) => Op.Run("take_along_dim", this, indices, dim);
        public Tensor slice_scatter(Tensor src, long dim = 0, long? start = null, long? end = null, long step = 1) => Op.Run("slice_scatter", this, src, dim, start, end, step);
        public Tensor select_scatter(Tensor src, long dim, long index) => Op.Run("select_scatter", this, src, dim, index);
        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) => Op.Run("bucketize.Tensor", this, boundaries, outInt32, right);
        public Tensor where(Tensor condition, Tensor y) => Op.Run("where.self", condition, this, y);
    }
}
