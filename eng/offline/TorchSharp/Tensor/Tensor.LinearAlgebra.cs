namespace TorchSharp;

public static partial class torch
{
    // Products of matrices and vectors. The names after "Op." are those of PyTorch's own schemas.
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Op.Run("matmul", this, target);
        public Tensor mm(Tensor target) => Op.Run("mm", this, target);
        public Tensor bmm(Tensor batch2) => Op.Run("bmm", this, batch2);
        public Tensor mv(Tensor target) => Op.Run("mv", this, target);
        public Tensor dot(Tensor target) => Op.Run("dot", this, target);
        public Tensor outer(Tensor vec2) => Op.Run("outer", this, vec2);
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) => Op.Run("addmm", this, mat1, mat2, beta, alpha);
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) => Op.Into(this, "addmm_", this, mat1, mat2, beta, alpha);
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) => Op.Run("baddbmm", this, batch1, batch2, beta, alpha);
        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f) => Op.Run("addmv", this, mat, vec, beta, alpha);
        public Tensor t() => Op.Run("t", this);
        public Tensor tril(long diagonal = 0) => Op.Run("tril", this, diagonal);
        public Tensor tril_(long diagonal = 0) => Op.Into(this, "tril_", this, diagonal);
        public Tensor triu(long diagonal = 0) => Op.Run("triu", this, diagonal);
        public Tensor triu_(long diagonal = 0) => Op.Into(this, "triu_", this, diagonal);
        public Tensor trace() => Op.Run("trace", this);
        public Tensor diag(long diagonal = 0) => Op.Run("diag", this, diagonal);
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => Op.Run("diagonal", this, offset, dim1, dim2);
        public Tensor inner(Tensor vec2) => Op.Run("inner", this, vec2);
    }
}
