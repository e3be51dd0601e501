using System;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var whole = is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type);
        dtype ??= whole ? ScalarType.Int64 : DefaultType;
        return Op.Run("arange.start_step", start, stop, step, dtype, Arg.None, InitializeDevice(device)).with_requires_grad(requires_grad);
    }

    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Op.Run("linspace", start, end, steps, dtype ?? DefaultType, Arg.None, InitializeDevice(device)).with_requires_grad(requires_grad);

    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Op.Run("eye.m", rows, columns < 0 ? rows : columns, dtype ?? DefaultType, Arg.None, InitializeDevice(device)).with_requires_grad(requires_grad);

    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Op.Run("randperm.generator", n, generator, dtype ?? ScalarType.Int64, Arg.None, InitializeDevice(device)).with_requires_grad(requires_grad);

    public static Tensor randint(long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator);

    public static Tensor randint(long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Sampled("randint", [low, high], size, dtype ?? ScalarType.Int64, device, requires_grad, generator);

    public static Tensor cat(Tensor[] tensors, long dim = 0) => Op.Run("cat", tensors, dim);

    public static Tensor cat(System.Collections.Generic.IList<Tensor> tensors, long dim = 0) => cat([.. tensors], dim);

    public static Tensor stack(System.Collections.Generic.IEnumerable<Tensor> tensors, long dim = 0) => Op.Run("stack", (Tensor[])[.. tensors], dim);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Op.Run("where.self", condition, x, y);

    public static Tensor einsum(string equation, params Tensor[] tensors) => Op.Run("einsum", equation, tensors);
}
