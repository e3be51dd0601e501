using System.Buffers.Binary;
using System.Text;

namespace Alignment.Models.Tests;

/// <summary>Thousands of damaged headers: each is read or refused, and none costs much.</summary>
public sealed class SafetensorsFuzzTests
{
    private const int Cases = 20_000;
    private const int DataLength = 43;

    private const string Header = """
        {"__metadata__":{"format":"pt"},"model.a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":{"dtype":"BF16","shape":[3,1],"data_offsets":[16,22]},"c":{"dtype":"I64","shape":[],"data_offsets":[22,30]},"d":{"dtype":"BOOL","shape":[13],"data_offsets":[30,43]},"e":{"dtype":"F16","shape":[0,7],"data_offsets":[43,43]}}
        """;

    [Fact]
    public void A_damaged_header_is_read_or_refused_at_little_cost()
    {
        var random = new Random(20_260_101);
        int accepted = 0, refused = 0;
        for (var i = 0; i < Cases; i++)
        {
            var bytes = Damaged(random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var header = SafetensorsHeader.Read(new MemoryStream(bytes), "fuzz");
                AssertSound(header, bytes.Length);
                accepted++;
            }
            catch (SafetensorsException)
            {
                refused++;
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        }
        Assert.InRange(accepted, 100, Cases);      // else nothing past the first check was tried
        Assert.InRange(refused, Cases / 2, Cases);
    }

    [Fact]
    public void A_damaged_header_that_is_read_gives_tensors()
    {
        var random = new Random(7);
        using var folder = new TemporaryFolder();
        var path = folder.File("fuzz");
        for (var i = 0; i < 300; i++)
        {
            File.WriteAllBytes(path, Damaged(random));
            try
            {
                using var file = SafetensorsFile.Open(path);
                foreach (var name in file.Names)
                    using (file.Read(name)) { }
            }
            catch (SafetensorsException)
            {
                // refused, as it may be
            }
        }
    }

    private static void AssertSound(SafetensorsHeader header, int length)
    {
        var position = header.DataStart;
        foreach (var entry in header.Entries)
        {
            Assert.Equal(position, header.DataStart + entry.Begin);
            Assert.Equal(entry.Elements, entry.Shape.Aggregate(1L, (product, size) => checked(product * size)));
            position = header.DataStart + entry.End;
        }
        Assert.Equal(length, position);
    }

    private static byte[] Damaged(Random random)
    {
        var header = Damage.Bytes(random, Encoding.UTF8.GetBytes(Header));
        var bytes = new byte[8 + header.Count + DataLength + (random.Next(8) == 0 ? random.Next(-DataLength, 10) : 0)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, random.Next(20) == 0 ? (ulong)random.NextInt64(long.MinValue, long.MaxValue) : (ulong)header.Count);
        header.CopyTo(bytes, 8);
        return bytes;
    }
}
