using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Each rule of the format, broken once, with the message in full.</summary>
public sealed class SafetensorsRuleTests
{
    private const string Good = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[3],"data_offsets":[8,11]}}""";

    [Fact]
    public void The_good_header_of_these_tests_is_good() =>
        Assert.Equal(["a", "b"], Read(SafetensorsBytes.File(Good, 11)).Entries.Select(entry => entry.Name));

    [Theory]
    [InlineData(0, "f: must have at least 8 bytes; has 0.")]
    [InlineData(7, "f: must have at least 8 bytes; has 7.")]
    [InlineData(50, "f: the header must be at most 42 bytes long; its length says 107.")]
    public void A_file_cut_short(int length, string message) => Fails(SafetensorsBytes.File(Good, 11)[..length], message);

    [Fact]
    public void A_length_that_no_header_has()
    {
        Fails(SafetensorsBytes.File(Good, 11, ulong.MaxValue), "f: the header must be at most 118 bytes long; its length says 18446744073709551615.");
        using var large = new FakeLength(SafetensorsBytes.File(Good, 11, 100_000_001), 1L << 40);
        var error = Assert.Throws<SafetensorsException>(() => SafetensorsHeader.Read(large, "f"));
        Assert.Equal("f: the header must be at most 100000000 bytes long; its length says 100000001.", error.Message);
    }

    [Theory]
    [InlineData(" {}", "f: the header must be JSON that starts with '{'.")]
    [InlineData("", "f: the header must be JSON that starts with '{'.")]
    [InlineData("""{"a":1}""", "f: tensor 'a': must be an object of dtype, shape and data_offsets.")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[],"data_offsets":[0,1]}}""", "f: tensor 'a': dtype must be one of BOOL, U8, I8, I16, I32, I64, F16, BF16, F32, F64; was 'F8_E4M3'.")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", "f: tensor 'a': must stand in the header once; stands there again.")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", "f: tensor 'a': keys must be dtype, shape and data_offsets, once each; was 'dtype'.")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"x":0}}""", "f: tensor 'a': keys must be dtype, shape and data_offsets, once each; was 'x'.")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1]}}""", "f: tensor 'a': must have a dtype, a shape and two data_offsets.")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0]}}""", "f: tensor 'a': must have a dtype, a shape and two data_offsets.")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,2]}}""", "f: tensor 'a': data_offsets must hold at most 2 numbers.")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}""", "f: tensor 'a': shape must hold whole numbers from 0 to 9223372036854775807.")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1.0],"data_offsets":[0,1]}}""", "f: tensor 'a': shape must hold whole numbers from 0 to 9223372036854775807.")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9223372036854775808],"data_offsets":[0,1]}}""", "f: tensor 'a': shape must hold whole numbers from 0 to 9223372036854775807.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", "f: tensor 'a': shape must need at most 9223372036854775807 bytes.")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}}""", "f: tensor 'a': shape must need at most 9223372036854775807 bytes.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,2]}}""", "f: tensor 'a': data_offsets must span the 8 bytes of F32 [2]; were [0, 2].")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[2,1]}}""", "f: tensor 'a': data_offsets must span the 1 bytes of U8 [1]; were [2, 1].")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", "f: tensor 'a': data_offsets must start at 0, where the tensor before ends; start at 1.")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", "f: tensor 'b': data_offsets must start at 2, where the tensor before ends; start at 1.")]
    [InlineData("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", "f: tensor 'a': data_offsets must end at 2 or before, where the file ends; end at 3.")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", "f: tensors must fill all 2 bytes after the header; they fill 1.")]
    [InlineData("""{"__metadata__":{"a":1}}""", "f: tensor '__metadata__': the value of 'a' must be a string.")]
    [InlineData("""{"__metadata__":{"a":"","a":""}}""", "f: tensor '__metadata__': 'a' must stand there once.")]
    [InlineData("""{"__metadata__":[]}""", "f: tensor '__metadata__': must be an object of strings.")]
    public void A_rule_broken_before_two_bytes_of_data(string header, string message) => Fails(SafetensorsBytes.File(header, 2), message);

    [Theory]
    [InlineData("""{"a":{"dtype":"U8","shape":[[1]],"data_offsets":[0,1]}}""")]
    [InlineData("{} x")]
    [InlineData("{")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""")]
    public void Json_that_is_none_or_too_deep(string header)
    {
        var error = Assert.Throws<SafetensorsException>(() => Read(SafetensorsBytes.File(header, 1)));
        Assert.StartsWith("f: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_text()
    {
        var bytes = SafetensorsBytes.File(Good, 11);
        bytes[10] = 0xff;
        Fails(bytes, "f: the header must be valid UTF-8.");
    }

    [Fact]
    public void Names_in_messages_are_short_and_on_one_line()
    {
        var header = "{\"" + new string('n', 50) + "\\n" + new string('n', 500) + "\":1}";
        Fails(SafetensorsBytes.File(header), $"f: tensor '{new string('n', 50)}?{new string('n', 49)}...': must be an object of dtype, shape and data_offsets.");
    }

    [Fact]
    public void A_destination_that_does_not_fit()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var path = folder.File("x");
        SafetensorsWriter.Write(path, [("a", ones([2, 3])), ("ids", ones([2], dtype: ScalarType.Int64))]);
        using var file = SafetensorsFile.Open(path);
        Assert.Equal($"{path}: tensor 'a': shape must be [3, 2]; was [2, 3].", Assert.Throws<SafetensorsException>(() => file.CopyTo("a", empty([3, 2]))).Message);
        Assert.Equal($"{path}: tensor 'ids': dtype must convert to Float32; was I64.", Assert.Throws<SafetensorsException>(() => file.CopyTo("ids", empty([2]))).Message);
        Assert.Equal($"{path}: tensor 'b': is not in the file.", Assert.Throws<SafetensorsException>(() => file.Read("b")).Message);
        Assert.Throws<ArgumentException>(() => file.CopyTo("a", empty([3, 2]).t()));
    }

    [Fact]
    public void A_file_that_is_shortened_while_it_is_open()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var path = folder.File("x");
        SafetensorsWriter.Write(path, [("a", ones([100]))]);
        using var file = SafetensorsFile.Open(path);
        using (var writer = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) writer.SetLength(100);
        Assert.Equal($"{path}: tensor 'a': the file ended before the tensor; it was complete when opened.", Assert.Throws<SafetensorsException>(() => file.Read("a")).Message);
    }

    private static void Fails(byte[] bytes, string message) => Assert.Equal(message, Assert.Throws<SafetensorsException>(() => Read(bytes)).Message);

    private static SafetensorsHeader Read(byte[] bytes) => SafetensorsHeader.Read(new MemoryStream(bytes), "f");

    /// <summary>A small stream that says it is large.</summary>
    private sealed class FakeLength(byte[] bytes, long length) : MemoryStream(bytes)
    {
        public override long Length => length;
    }
}
