using System.Security.Cryptography;
using System.Text;
using Alignment.Training;

namespace Alignment.Tests.Provenance;

public sealed class DataFingerprintTests
{
    [Fact]
    public void Pairs_as_bytes_written_by_hand()
    {
        TokenizedPair[] rows =
        [
            new([1, 2], [3], [4, 5, 70000]) { Margin = 0.5, Id = "not hashed", Source = "not hashed" },
            new([6], [7], [8]) { Weight = 2 },
        ];
        var expected = Written("pair", writer =>
        {
            foreach (var number in (int[])[2, 1, 2, 1, 3, 3, 4, 5, 70000]) writer.Write(number);
            writer.Write((byte)1);
            writer.Write(0.5);
            writer.Write((byte)0);
            foreach (var number in (int[])[1, 6, 1, 7, 1, 8]) writer.Write(number);
            writer.Write((byte)0);
            writer.Write((byte)1);
            writer.Write(2.0);
        });
        Assert.Equal(new DataFingerprint(2, 9, expected), DataFingerprint.Of(rows));
        Assert.Equal(new DataFingerprint(2, 9, expected), DataFingerprint.Of(rows.Select(row => new TokenizedPair([.. row.Prompt], new Queue(row.Chosen), [.. row.Rejected]) { Margin = row.Margin, Weight = row.Weight })));
    }

    [Fact]
    public void Other_rows_as_bytes_written_by_hand()
    {
        Assert.Equal(
            new DataFingerprint(1, 3, Written("example", writer =>
            {
                foreach (var number in (int[])[1, 9, 2, 10, 11, 2]) writer.Write(number);
                writer.Write([0, 1, 0]);   // mask false, true; no weight
            })),
            DataFingerprint.Of([new TokenizedExample([9], [10, 11]) { Mask = [false, true] }]));
        Assert.Equal(
            new DataFingerprint(1, 2, Written("example", writer =>
            {
                foreach (var number in (int[])[1, 9, 1, 10, -1]) writer.Write(number);
                writer.Write((byte)0);
            })),
            DataFingerprint.Of([new TokenizedExample([9], [10])]));
        Assert.Equal(
            new DataFingerprint(1, 2, Written("response", writer =>
            {
                foreach (var number in (int[])[1, 9, 1, 10]) writer.Write(number);
                writer.Write([1, 0]);
            })),
            DataFingerprint.Of([new TokenizedResponse([9], [10], isDesirable: true)]));
        Assert.Equal(
            new DataFingerprint(1, 1, Written("prompt", writer =>
            {
                foreach (var number in (int[])[1, 9]) writer.Write(number);
            })),
            DataFingerprint.Of([new TokenizedPrompt([9])]));
    }

    [Fact]
    public void Rows_longer_than_any_buffer()
    {
        var ids = Enumerable.Range(0, 100_000).ToArray();
        var expected = Written("prompt", writer =>
        {
            foreach (var row in (int[][])[[1], ids, [2]])
            {
                writer.Write(row.Length);
                foreach (var id in row) writer.Write(id);
            }
        });
        Assert.Equal(new DataFingerprint(3, 100_002, expected), DataFingerprint.Of([new TokenizedPrompt([1]), new TokenizedPrompt(ids), new TokenizedPrompt([2])]));
    }

    [Fact]
    public void No_other_rows_have_the_same_hash()
    {
        TokenizedPair[][] lists =
        [
            [], [new([1], [2], [3])], [new([1], [3], [2])], [new([1, 2], [3], [4])], [new([1], [2, 3], [4])], [new([1], [2], [3, 4])],
            [new([1], [2], [3]), new([1], [2], [3])], [new([1], [2], [3]), new([4], [2], [3])], [new([4], [2], [3]), new([1], [2], [3])],
            [new([1], [2], [3]) { Margin = 0 }], [new([1], [2], [3]) { Weight = 0 }], [new([1], [2], [3]) { Margin = 1 }],
        ];
        Assert.Equal(lists.Length, lists.Select(rows => DataFingerprint.Of(rows).Sha256).Distinct().Count());
    }

    private static string Written(string kind, Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Encoding.ASCII.GetBytes($"alignment-rows-1:{kind}\0"));
        write(writer);
        writer.Flush();
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
    }

    /// <summary>Ids that are neither an array nor a list.</summary>
    private sealed class Queue(IEnumerable<int> ids) : System.Collections.ObjectModel.ReadOnlyCollection<int>([.. ids]);
}
