using System;
using System.Collections.Generic;
using System.Linq;

namespace TorchSharp;

public static partial class torch
{
    // Views and copies of another shape. The names after "Op." are those of PyTorch's own schemas.
    public partial class Tensor
    {
        public Tensor view(params long[] shape) => Op.Run("view", this, shape);
        public Tensor reshape(params long[] shape) => Op.Run("reshape", this, shape);
        public Tensor transpose(long dim0, long dim1) => Op.Run("transpose.int", this, dim0, dim1);
        public Tensor transpose_(long dim0, long dim1) => Op.Into(this, "transpose_", this, dim0, dim1);
        public Tensor permute(params long[] permutation) => Op.Run("permute", this, permutation);
        public Tensor unsqueeze(long dim) => Op.Run("unsqueeze", this, dim);
        public Tensor unsqueeze_(long dim) => Op.Into(this, "unsqueeze_", this, dim);
        public Tensor expand(long[] sizes, bool isImplicit = false) => Op.Run("expand", this, sizes, isImplicit);
        public Tensor expand(params long[] sizes) => Op.Run("expand", this, sizes);
        public Tensor expand_as(Tensor other) => Op.Run("expand_as", this, other);
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Op.Run("flatten.using_ints", this, start_dim, end_dim);
        public Tensor unflatten(long dim, params long[] sizes) => Op.Run("unflatten.int", this, dim, sizes);
        public Tensor[] chunk(long chunks, long dim = 0) => Op.Many("chunk", this, chunks, dim);
        public Tensor[] split(long size, int dim = 0) => Op.Many("split.Tensor", this, size, dim);
        public Tensor[] split(long[] sizes, long dim = 0) => Op.Many("split.sizes", this, sizes, dim);
        public Tensor[] split(params long[] sizes) => Op.Many("split.sizes", this, sizes);
        public Tensor narrow(long dim, long start, long length) => Op.Run("narrow", this, dim, start, length);
        public Tensor select(long dim, long index) => Op.Run("select.int", this, dim, index);
        public Tensor[] unbind(long dimension = 0) => Op.Many("unbind.int", this, dimension);
        public Tensor repeat(params long[] sizes) => Op.Run("repeat", this, sizes);
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) => Op.Run("repeat_interleave.self_int", this, repeats, dim, output_size);
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) => Op.Run("repeat_interleave.self_Tensor", this, repeats, dim, output_size);
        public Tensor flip(params long[] dims) => Op.Run("flip", this, dims);
        public Tensor contiguous() => Op.Run("contiguous", this);
        public Tensor view_as(Tensor other) => Op.Run("view_as", this, other);
        public Tensor tile(long[] reps) => Op.Run("tile", this, reps);
        public Tensor movedim(long[] source, long[] destination) => Op.Run("movedim.intlist", this, source, destination);
        public Tensor swapaxes(long dim0, long dim1) => Op.Run("swapaxes", this, dim0, dim1);
        public Tensor ravel() => Op.Run("ravel", this);
        public Tensor[] tensor_split(long size, long dim = 0) => Op.Many("tensor_split.sections", this, size, dim);
        public Tensor[] tensor_split(long[] sizes, long dim = 0) => Op.Many("tensor_split.indices", this, sizes, dim);
        public Tensor[] tensor_split(Tensor indices, long dim = 0) => Op.Many("tensor_split.tensor_indices_or_sections", this, indices, dim);
        public Tensor unfold(long dimension, long size, long step) => Op.Run("unfold", this, dimension, size, step);
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => Op.Run("as_strided", this, size, strides, storageOffset);
        public Tensor broadcast_to(params long[] shape) => Op.Run("broadcast_to", this, shape);
        public Tensor roll(long[] shifts) => Op.Run("roll", this, shifts);
        public Tensor roll(long[] shifts, long[] dims) => Op.Run("roll", this, shifts, dims);
        public Tensor squeeze(long? dim = null) => dim is long d ? Op.Run("squeeze.dim", this, d) : Op.Run("squeeze", this);
        public Tensor squeeze_(long? dim = null) => dim is long d ? Op.Into(this, "squeeze_.dim", this, d) : Op.Into(this, "squeeze_", this);
        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());
        public Tensor roll(long shifts, long? dims = null) => Op.Run("roll", this, shifts, dims is long d ? new[] { d } : Array.Empty<long>());
        public Tensor slice(long dim, long start, long finish, long step) => Op.Run("slice.Tensor", this, dim, start, finish, step);
        public Tensor swapdims(long dim0, long dim1) => swapaxes(dim0, dim1);
        public Tensor T => Op.Run("numpy_T", this);
        public Tensor mT => transpose(-2, -1);
    }
}
