using System.Text;

namespace Alignment.Models.Tests;

/// <summary>Thousands of damaged indexes beside good shards: each is read or refused by a typed error, and none costs much.</summary>
public sealed class IndexFuzzTests
{
    private const int Cases = 20_000;
    private const int MostBytes = 50_000;   // of managed memory for an index of 2,300

    [Fact]
    public void A_damaged_index_is_read_or_refused_at_little_cost()
    {
        var random = new Random(20_260_103);
        int accepted = 0, refused = 0;
        for (var i = 0; i < Cases; i++)
        {
            var text = Damaged(random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Assert.All(WeightIndex.Parse(text, "index").Values, Assert.NotNull);
                accepted++;
            }
            catch (SafetensorsException e)
            {
                Assert.StartsWith("index: ", e.Message, StringComparison.Ordinal);
                refused++;
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }
        Assert.InRange(accepted, Cases / 10, Cases);
        Assert.InRange(refused, Cases / 10, Cases);
    }

    [Fact]
    public void A_damaged_index_opens_the_shards_that_it_names_or_none()
    {
        using var folder = new TemporaryFolder();
        foreach (var shard in Directory.GetFiles(LlamaRecord.Folder, "model-*.safetensors")) File.Copy(shard, folder.File(Path.GetFileName(shard)));
        var random = new Random(5);
        for (var i = 0; i < 1000; i++)
        {
            File.WriteAllBytes(folder.File("model.safetensors.index.json"), Damaged(random));
            try
            {
                using var files = WeightFiles.Open(folder.Path);
                Assert.All(files.Names, name => Assert.True(files.Holder(name)!.Contains(name)));
            }
            catch (SafetensorsException e)
            {
                Assert.StartsWith(folder.Path, e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static byte[] Damaged(Random random)
    {
        var good = File.ReadAllText(LlamaRecord.Path("model.safetensors.index.json"));
        return random.Next(2) == 0 ? Encoding.UTF8.GetBytes(Damage.Json(random, good)) : [.. Damage.Bytes(random, Encoding.UTF8.GetBytes(good))];
    }
}
