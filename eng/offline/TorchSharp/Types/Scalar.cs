using System;

namespace TorchSharp;

/// <summary>A number of a certain type, as the argument of an operator. The stand-in keeps it managed.</summary>
public sealed class Scalar : IDisposable
{
    private Scalar(Arg value, torch.ScalarType type) => (Value, Type) = (value, type);

    internal Arg Value { get; }

    public torch.ScalarType Type { get; }

    internal double AsDouble => Value.Tag == ArgTag.Double ? BitConverter.Int64BitsToDouble(Value.Bits) : Value.Bits;
    internal long AsLong => Value.Tag == ArgTag.Double ? (long)BitConverter.Int64BitsToDouble(Value.Bits) : Value.Bits;

    public static implicit operator Scalar(byte value) => new((long)value, torch.ScalarType.Int64);
    public static implicit operator Scalar(sbyte value) => new((long)value, torch.ScalarType.Int64);
    public static implicit operator Scalar(short value) => new((long)value, torch.ScalarType.Int64);
    public static implicit operator Scalar(int value) => new(value, torch.ScalarType.Int64);
    public static implicit operator Scalar(long value) => new(value, torch.ScalarType.Int64);
    public static implicit operator Scalar(Half value) => new((double)value, torch.ScalarType.Float64);
    public static implicit operator Scalar(float value) => new((double)value, torch.ScalarType.Float64);
    public static implicit operator Scalar(double value) => new(value, torch.ScalarType.Float64);
    public static implicit operator Scalar(bool value) => new(value, torch.ScalarType.Bool);

    public void Dispose() => GC.SuppressFinalize(this);

    ~Scalar() { }
}
