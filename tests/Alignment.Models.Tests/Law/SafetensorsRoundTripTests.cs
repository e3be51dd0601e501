using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>What was written is read back, bit by bit.</summary>
public sealed class SafetensorsRoundTripTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<ScalarType, string> Types => new()
    {
        { ScalarType.Bool, "BOOL" }, { ScalarType.Byte, "U8" }, { ScalarType.Int8, "I8" }, { ScalarType.Int16, "I16" }, { ScalarType.Int32, "I32" },
        { ScalarType.Int64, "I64" }, { ScalarType.Float16, "F16" }, { ScalarType.BFloat16, "BF16" }, { ScalarType.Float32, "F32" }, { ScalarType.Float64, "F64" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_keeps_its_bits(ScalarType type, string name)
    {
        using var scope = NewDisposeScope();
        var tensor = empty([3, 5, 2], dtype: type);
        // All bits there are, not-a-numbers included; a truth value has but two.
        new Random(7).NextBytes(tensor.bytes);
        if (type == ScalarType.Bool) foreach (ref var value in tensor.bytes) value &= 1;
        SafetensorsWriter.Write(folder.File("one"), [("tensor", tensor)]);

        var stored = SafetensorsBytes.Parse(folder.File("one"))["tensor"];
        Assert.Equal(name, stored.Type);
        Assert.Equal([3, 5, 2], stored.Shape);
        Assert.Equal(tensor.bytes.ToArray(), stored.Bytes);
        using var file = SafetensorsFile.Open(folder.File("one"));
        Assert.Equal(type, file.DataType("tensor"));
        Assert.Equal([3, 5, 2], file.Shape("tensor"));
        Assert.Equal(tensor.bytes.ToArray(), file.Read("tensor").bytes.ToArray());
    }

    [Fact]
    public void Tensors_of_any_shape_and_stride()
    {
        using var scope = NewDisposeScope();
        var table = arange(0, 12, dtype: ScalarType.Float32).view(3, 4);
        SafetensorsWriter.Write(folder.File("many"), [("number", tensor(2.5f)), ("none", zeros([0, 3])), ("turned", table.t()), ("column", table.narrow(1, 1, 1))]);
        using var file = SafetensorsFile.Open(folder.File("many"));
        Assert.Equal(["column", "none", "number", "turned"], file.Names.Order());
        Assert.Equal(2.5f, file.Read("number").item<float>());
        Assert.Equal([0, 3], file.Read("none").shape);
        Assert.Equal([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], file.Read("turned").data<float>().ToArray());
        Assert.Equal([1, 5, 9], file.Read("column").data<float>().ToArray());
    }

    [Fact]
    public void Every_tensor_is_aligned_and_the_header_padded()
    {
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(folder.File("mixed"), [("a", zeros(3, dtype: ScalarType.Byte)), ("b", zeros(3, dtype: ScalarType.Float64)), ("c", zeros(3, dtype: ScalarType.BFloat16))]);
        var header = BitConverter.ToInt64(File.ReadAllBytes(folder.File("mixed")));
        Assert.Equal(0, header % 8);
        using var file = SafetensorsFile.Open(folder.File("mixed"));
        Assert.Equal(["b", "c", "a"], file.Names);
        Assert.Equal("pt", file.Metadata["format"]);
    }

    [Fact]
    public void Metadata_is_kept_and_names_its_format()
    {
        SafetensorsWriter.Write(folder.File("empty"), [], new Dictionary<string, string> { ["made by"] = "é \"quoted\"" });
        using var file = SafetensorsFile.Open(folder.File("empty"));
        Assert.Empty(file.Names);
        Assert.Equal("é \"quoted\"", file.Metadata["made by"]);
        Assert.Equal("pt", file.Metadata["format"]);
    }

    [Fact]
    public void A_tensor_larger_than_a_chunk()
    {
        using var scope = NewDisposeScope();
        var large = arange(0, (9 << 20) + 3, dtype: ScalarType.Int32).to(ScalarType.Float32);   // 36 MiB and a bit
        SafetensorsWriter.Write(folder.File("large"), [("large", large)]);
        using var file = SafetensorsFile.Open(folder.File("large"));
        Assert.True(file.Read("large").eq(large).all().item<bool>());
        var doubles = empty_like(large, dtype: ScalarType.Float64);
        file.CopyTo("large", doubles);
        Assert.True(doubles.eq(large.to(ScalarType.Float64)).all().item<bool>());
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.Float64)]
    public void A_destination_keeps_its_type(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var numbers = randn([40], dtype: ScalarType.Float32);
        SafetensorsWriter.Write(folder.File("numbers"), [("numbers", numbers)]);
        using var file = SafetensorsFile.Open(folder.File("numbers"));
        var destination = empty([40], dtype: type).requires_grad_();
        file.CopyTo("numbers", destination);
        Assert.Equal(type, destination.dtype);
        Assert.True(destination.is_leaf);
        Assert.Equal(numbers.to(type).bytes.ToArray(), destination.detach().bytes.ToArray());
    }

    [Fact]
    public void The_files_of_another_writer()
    {
        using var scope = NewDisposeScope();
        foreach (var path in Directory.EnumerateFiles(Alignment.Tests.Common.Golden.Path("models"), "*.safetensors", SearchOption.AllDirectories))
        {
            using var file = SafetensorsFile.Open(path);
            var expected = SafetensorsBytes.Parse(path);
            Assert.Equal(expected.Keys.Order(), file.Names.Order());
            foreach (var (name, entry) in expected) Assert.Equal(entry.Bytes, file.Read(name).bytes.ToArray());
        }
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(folder.File("kept"), [("old", ones(2))]);
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(folder.File("kept"), stream =>
        {
            stream.WriteByte(1);
            throw new IOException("The disk is full.");
        }));
        Assert.Equal(["kept"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        using var file = SafetensorsFile.Open(folder.File("kept"));
        Assert.Equal(["old"], file.Names);
    }

    [Fact]
    public void Names_are_given_once()
    {
        using var scope = NewDisposeScope();
        var twice = Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(folder.File("x"), [("a", ones(1)), ("a", ones(1))]));
        Assert.Equal("Each tensor must have a name of its own; 'a' was given twice. (Parameter 'tensors')", twice.Message);
        var taken = Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(folder.File("x"), [("__metadata__", ones(1))]));
        Assert.StartsWith("A tensor must not be called '__metadata__': the format keeps this name for itself.", taken.Message, StringComparison.Ordinal);
        var type = Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(folder.File("x"), [("a", ones(1, dtype: ScalarType.ComplexFloat32))]));
        Assert.StartsWith("Tensor 'a' must be one of BOOL, U8, I8, I16, I32, I64, F16, BF16, F32, F64; was ComplexFloat32.", type.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
