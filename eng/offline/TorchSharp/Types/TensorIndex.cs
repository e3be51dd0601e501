using System;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>One place of an indexing expression: a number, a slice, a new dimension or a tensor.</summary>
    public struct TensorIndex
    {
        internal enum Kind { Null, Single, Slice, Tensor, Ellipsis, Bool }

        internal Kind kind;
        internal long? start, stop, step;
        internal torch.Tensor tensor;

        public static TensorIndex Ellipsis = new() { kind = Kind.Ellipsis };
        public static TensorIndex None = new() { kind = Kind.Null };
        public static TensorIndex Null = new() { kind = Kind.Null };
        public static TensorIndex Colon = Slice();

        public static TensorIndex Single(long? index) => new() { kind = Kind.Single, start = index };

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new() { kind = Kind.Slice, start = start, stop = stop, step = step };

        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Slice(Range range) => Slice(From(range.Start, 0), range.End.Equals(Index.End) ? null : From(range.End, 0));

        public static TensorIndex Tensor(torch.Tensor tensor) => new() { kind = Kind.Tensor, tensor = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(Index index) => Single(From(index, 0));

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        private static long From(Index index, long end) => index.IsFromEnd ? end - index.Value : index.Value;
    }
}
