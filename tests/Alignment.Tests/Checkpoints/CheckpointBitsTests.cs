using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Alignment.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests.Checkpoints;

/// <summary>What is saved comes back bit for bit.</summary>
public sealed class CheckpointBitsTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    // Quiet and signalling NaN with payloads, -0, a denormal, infinities, the largest: as whole numbers of the type's width.
    public static TheoryData<ScalarType, long[]> Bits => new()
    {
        { ScalarType.Float32, [0x7FC00001, 0x7F800001, 0xFFC12345, 0x80000000, 1, 0x7F800000, 0xFF800000, 0x7F7FFFFF] },
        { ScalarType.Float64, [0x7FF8000000000001, 0x7FF0000000000001, -0x0007FFFFFFFFFFFF, long.MinValue, 1, 0x7FF0000000000000, 0x7FEFFFFFFFFFFFFF] },
        { ScalarType.BFloat16, [0x7FC1, 0x7F81, 0xFFFF, 0x8000, 1, 0x7F80, 0xFF80, 0x7F7F] },
        { ScalarType.Float16, [0x7E01, 0x7C01, 0xFFFF, 0x8000, 1, 0x7C00, 0xFC00, 0x7BFF] },
        { ScalarType.Int64, [long.MinValue, long.MaxValue, -1, 0, 0x0102030405060708] },
        { ScalarType.Int32, [int.MinValue, int.MaxValue, -1] },
        { ScalarType.Byte, [0, 1, 127, 128, 255] },
        { ScalarType.Bool, [0, 1, 1] },
    };

    [Theory, MemberData(nameof(Bits))]
    public void Every_bit_of_every_type(ScalarType type, long[] bits)
    {
        using var scope = NewDisposeScope();
        var saved = OfBits(type, bits);
        var expected = saved.bytes.ToArray();
        Assert.Equal(bits.Length * (int)saved.element_size(), expected.Length);
        using var checkpoint = SavedAndOpened(("values", saved));

        Assert.Equal(expected, checkpoint.Read("values").bytes.ToArray());
        var destination = zeros(bits.Length, dtype: type);
        checkpoint.CopyInto([("values", destination)]);
        Assert.Equal(expected, destination.bytes.ToArray());
        var strided = zeros([bits.Length, 2], dtype: type).select(1, 1);   // every second number of another tensor
        checkpoint.CopyInto("values", strided);
        Assert.Equal(expected, strided.contiguous().bytes.ToArray());
    }

    [Fact]
    public void Empty_tensors_scalars_views_and_parameters()
    {
        using var scope = NewDisposeScope();
        var matrix = arange(12, dtype: ScalarType.Float32).view(3, 4);
        var parameter = new TorchSharp.Modules.Parameter(tensor(new[] { 1f, 2f }));
        using var checkpoint = SavedAndOpened(
            ("empty", zeros([0, 3], dtype: ScalarType.Float32)), ("scalar", tensor(-0.0)), ("transposed", matrix.t()), ("parameter", parameter));

        Assert.Equal([0, 3], checkpoint.Read("empty").shape);
        Assert.Equal(BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits(checkpoint.Read("scalar").ToDouble()));
        Assert.Equal([0f, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], checkpoint.Read("transposed").data<float>().ToArray());
        var other = new TorchSharp.Modules.Parameter(tensor(new[] { 0f, 0f }));
        checkpoint.CopyInto("parameter", other);
        Assert.Equal([1f, 2f], other.detach().data<float>().ToArray());
        Assert.True(other.requires_grad);
        checkpoint.CopyInto("empty", zeros([0, 3], dtype: ScalarType.Float32));
    }

    [Fact]
    public void Numbers_of_the_state_keep_their_bits()
    {
        double[] numbers = [0.1, -0.0, double.Epsilon, double.MaxValue, 1.0 / 3, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        var state = new JsonObject { ["numbers"] = new JsonArray([.. numbers.Select(CheckpointState.Number)]), ["text"] = "Ä\n\"한" };
        using var store = new CheckpointStore(_temporary.Path);
        store.Save(7, [], state);
        using var checkpoint = store.Newest()!;
        Assert.Equal(numbers.Select(BitConverter.DoubleToInt64Bits), checkpoint.State["numbers"]!.AsArray().Select(node => BitConverter.DoubleToInt64Bits(CheckpointState.Number(node))));
        Assert.Equal("Ä\n\"한", (string?)checkpoint.State["text"]);
        Assert.Equal((7, 0), (checkpoint.Step, checkpoint.Names.Count));
        Assert.Equal("A number must be one of JSON or 'NaN', 'Infinity', '-Infinity'; was \"nan\".", Assert.Throws<FormatException>(() => CheckpointState.Number(JsonValue.Create("nan"))).Message);
    }

    [Fact]
    public void Tensors_that_do_not_fit_are_all_named_and_none_is_copied()
    {
        using var scope = NewDisposeScope();
        using var checkpoint = SavedAndOpened(("a", ones(2, 3)), ("b", ones(4, dtype: ScalarType.BFloat16)), ("c", ones(1)), ("d", ones(1)));
        var fits = zeros(1);
        Assert.Equal($"""
            {checkpoint.Folder}: its tensors are not those of this run:
            - 'd': was saved, has no place now
            - 'a': was Float32 [2, 3], is Float32 [3, 2]
            - 'b': was BFloat16 [4], is Float32 [4]
            - 'e': was not saved, is Int64 []
            """,
            Assert.Throws<CheckpointException>(() => checkpoint.CopyInto([("c", fits), ("a", zeros(3, 2)), ("b", zeros(4)), ("e", tensor(1L))])).Message);
        Assert.Equal(0, fits.ToSingle());
        Assert.Equal($"{checkpoint.Folder}: tensor 'b': was BFloat16 [4], is Float32 [4].", Assert.Throws<CheckpointException>(() => checkpoint.CopyInto("b", zeros(4))).Message);
        Assert.Equal($"{checkpoint.Folder}: has no tensor 'e'.", Assert.Throws<CheckpointException>(() => checkpoint.Read("e")).Message);
    }

    public void Dispose() => _temporary.Dispose();

    private static Tensor OfBits(ScalarType type, long[] bits)
    {
        var values = empty(bits.Length, dtype: type);
        var size = (int)values.element_size();
        for (var i = 0; i < bits.Length; i++) MemoryMarshal.AsBytes(bits.AsSpan(i, 1))[..size].CopyTo(values.bytes[(i * size)..]);
        return values;
    }

    private Checkpoint SavedAndOpened(params (string Name, Tensor Tensor)[] tensors)
    {
        using var store = new CheckpointStore(_temporary.Path);
        store.Save(1, tensors, []);
        return store.Newest()!;
    }
}
