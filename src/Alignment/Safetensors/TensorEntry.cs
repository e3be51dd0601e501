using static TorchSharp.torch;

namespace Alignment;

/// <summary>One tensor of a header: bytes <c>[Begin, End)</c> of the data that follows it.</summary>
internal sealed record TensorEntry(string Name, ScalarType DataType, long[] Shape, long Begin, long End)
{
    public long Elements => (End - Begin) / SafetensorsTypes.Size(DataType);
}
