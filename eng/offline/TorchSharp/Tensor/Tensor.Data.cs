using System;
using System.IO;
using System.Runtime.CompilerServices;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Reading and writing the numbers themselves.</summary>
    public partial class Tensor
    {
        internal unsafe void* Data
        {
            get
            {
                var data = Shim.shim_tensor_data(Handle);
                return data == null && NumberOfElements > 0 ? throw Shim.Error() : data;
            }
        }

        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            Require<T>();
            return new TensorAccessor<T>(is_cpu() ? this : cpu());
        }

        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            return data<T>()[0];
        }

        public Scalar ToScalar()
        {
            if (NumberOfElements != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            return dtype == ScalarType.Bool ? this.ToBoolean() : is_integral() ? (Scalar)this.ToInt64() : this.ToDouble();
        }

        public bool is_nonzero() => NumberOfElements == 1
            ? Op.Number("is_nonzero", this) != 0
            : throw new InvalidOperationException("is_nonzero() called on non-singleton tensor");

        public unsafe Span<byte> bytes
        {
            get
            {
                RequireReadable();
                var size = NumberOfElements * ElementSize;
                if (size > int.MaxValue) throw new ArgumentException("Span<byte> can be at most 2 GiB.");
                return new Span<byte>(Data, (int)size);
            }
            set
            {
                RequireReadable();
                if (value.Length != NumberOfElements * ElementSize) throw new ArgumentException("Mismatched data sizes in Tensor.bytes.");
                value.CopyTo(new Span<byte>(Data, value.Length));
            }
        }

        public unsafe void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            RequireReadable();
            for (long at = 0, size = NumberOfElements * ElementSize; at < size; at += bufferSize)
                stream.Write(new ReadOnlySpan<byte>((byte*)Data + at, (int)Math.Min(bufferSize, size - at)));
        }

        public unsafe void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            RequireReadable();
            for (long at = 0, size = NumberOfElements * ElementSize; at < size; at += bufferSize)
                stream.ReadExactly(new Span<byte>((byte*)Data + at, (int)Math.Min(bufferSize, size - at)));
        }

        public T ReadCpuValue<T>(long i) where T : unmanaged => data<T>()[i];

        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        public Storage<T> storage<T>() where T : unmanaged => new(this);

        private void RequireReadable()
        {
            if (!is_cpu()) throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            if (!is_contiguous()) throw new InvalidOperationException("Only contiguous tensors can be read as bytes.");
        }

        private void Require<T>()
        {
            var expected = dtype switch
            {
                ScalarType.Byte => typeof(byte),
                ScalarType.Int8 => typeof(sbyte),
                ScalarType.Int16 => typeof(short),
                ScalarType.Int32 => typeof(int),
                ScalarType.Int64 => typeof(long),
                ScalarType.Float16 => typeof(Half),
                ScalarType.BFloat16 => typeof(BFloat16),
                ScalarType.Float32 => typeof(float),
                ScalarType.Float64 => typeof(double),
                ScalarType.Bool => typeof(bool),
                _ => throw new ArgumentException($"{typeof(T).Name} is not compatible with {dtype}"),
            };
            if (expected != typeof(T)) throw new ArgumentException($"{typeof(T).Name} is not compatible with {dtype}");
        }
    }
}
