#nullable enable
using System;
using System.IO;
using System.Linq;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A tensor in a stream: element type, rank and sizes as LEB128 numbers, then the elements as they lie in memory.</summary>
public static partial class TensorExtensionMethods
{
    private const string WrongType =
        "Mismatched tensor data types while loading. Make sure that the model you are loading into is exactly the same as the origin.";
    private const string WrongShape =
        "Mismatched tensor shape while loading. Make sure that the model you are loading into is exactly the same as the origin.";

    public static void Save(this Tensor tensor, BinaryWriter writer)
    {
        var onCpu = tensor.device_type == DeviceType.CPU ? tensor : tensor.to(DeviceType.CPU);
        writer.Encode((long)onCpu.dtype);
        writer.Encode(onCpu.shape.Length);
        foreach (var size in onCpu.shape) writer.Encode(size);
        writer.Flush();
        onCpu.WriteBytesToStream(writer.BaseStream);
        if (!ReferenceEquals(onCpu, tensor)) onCpu.Dispose();
    }

    public static void Save(this Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream);
        tensor.Save(writer);
        stream.Flush();
    }

    public static void Save(this Tensor tensor, string location)
    {
        using var stream = File.Create(location);
        tensor.Save(stream);
    }

    /// <summary>Reads the elements into an existing tensor of the same type and shape, or past them.</summary>
    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        var (dtype, shape) = ReadHeader(reader);
        if (dtype != tensor.dtype) throw new ArgumentException(WrongType);
        if (!skip && !shape.SequenceEqual(tensor.shape)) throw new ArgumentException(WrongShape);
        if (skip) Skip(reader, dtype, shape);
        else ReadElements(tensor, reader);
    }

    public static Tensor Load(BinaryReader reader, bool skip = false)
    {
        Tensor? tensor = null;
        Load(ref tensor, reader, skip);
        return tensor!;
    }

    /// <summary>As the other one, but makes the tensor if there is none.</summary>
    public static void Load(ref Tensor? tensor, BinaryReader reader, bool skip = false)
    {
        var (dtype, shape) = ReadHeader(reader);
        if (tensor is null) tensor = skip ? zeros(shape, dtype: dtype) : empty(shape, dtype: dtype);
        else if (!skip && !shape.SequenceEqual(tensor.shape)) throw new ArgumentException(WrongShape);
        if (skip) Skip(reader, dtype, shape);
        else ReadElements(tensor, reader);
    }

    private static (ScalarType, long[]) ReadHeader(BinaryReader reader)
    {
        var dtype = (ScalarType)reader.Decode();
        var shape = new long[reader.Decode()];
        for (var i = 0; i < shape.Length; i++) shape[i] = reader.Decode();
        return (dtype, shape);
    }

    private static void ReadElements(Tensor tensor, BinaryReader reader)
    {
        using var noGrad = no_grad();
        if (tensor.device_type == DeviceType.CPU)
        {
            tensor.ReadBytesFromStream(reader.BaseStream);
            return;
        }
        using var onCpu = zeros_like(tensor, device: CPU);
        onCpu.ReadBytesFromStream(reader.BaseStream);
        tensor.copy_(onCpu);
    }

    private static void Skip(BinaryReader reader, ScalarType dtype, long[] shape) =>
        reader.BaseStream.Seek(shape.Aggregate(1L, (product, size) => product * size) * dtype.ElementSize(), SeekOrigin.Current);
}
