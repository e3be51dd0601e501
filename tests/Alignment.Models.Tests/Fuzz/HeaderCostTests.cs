using System.Text;

namespace Alignment.Models.Tests;

/// <summary>Large headers and indexes of the costliest kinds: never more than twice the file and 64 MiB, garbage included.</summary>
public sealed class HeaderCostTests
{
    private const long Allowance = 64 << 20;

    [Theory]
    [InlineData(190_000)]
    [InlineData(1_700_000)]
    public void A_header_of_many_small_tensors(int count)
    {
        var header = new StringBuilder("{");
        for (var i = 0; i < count; i++) header.Append(i == 0 ? "" : ",").Append('"').Append(i).Append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
        AssertCheap(SafetensorsBytes.File(header.Append('}').ToString()));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(90)]
    public void A_header_of_long_names(int megabytes) =>
        AssertCheap(SafetensorsBytes.File("{\"" + new string('n', megabytes << 20) + "\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}"));

    [Theory]
    [InlineData(15)]
    [InlineData(90)]
    public void A_header_of_metadata(int megabytes) =>
        AssertCheap(SafetensorsBytes.File("{\"__metadata__\":{\"a\":\"" + new string('n', megabytes << 20) + "\"}}"));

    [Theory]
    [InlineData(290_000, 0)]
    [InlineData(2_000_000, 0)]
    [InlineData(290_000, 80)]
    public void An_index_of_many_tensors(int count, int nameLength)
    {
        using var folder = new TemporaryFolder();
        var name = new string('n', nameLength);
        var index = folder.Write("index", "{\"weight_map\":{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{i}{name}\":\"f\"")) + "}}");
        AssertCheap(new FileInfo(index).Length, () => WeightIndex.Read(index));
    }

    private static void AssertCheap(byte[] file) => AssertCheap(file.Length, () => SafetensorsHeader.Read(new MemoryStream(file), "f"));

    private static void AssertCheap(long size, Action read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read();
        }
        catch (SafetensorsException)
        {
            // refused, as it may be
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * size + Allowance);
    }
}
