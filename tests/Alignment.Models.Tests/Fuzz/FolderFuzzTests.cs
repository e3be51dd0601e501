using System.Buffers.Binary;
using System.Text;

namespace Alignment.Models.Tests;

/// <summary>Whole model folders with one damaged file: a model is loaded or a typed error thrown.</summary>
public sealed class FolderFuzzTests
{
    private const int Cases = 1000;

    [Fact]
    public void A_damaged_folder_gives_a_model_or_a_typed_error()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in GoldenModels.Names) CopyOf(name, folder);
        var random = new Random(20_260_104);
        var memory = Environment.WorkingSet;
        int loaded = 0, refused = 0;
        for (var i = 0; i < Cases; i++)
        {
            var name = GoldenModels.Names[random.Next(GoldenModels.Names.Length)];
            var files = Directory.GetFiles(folder.File(name));
            var path = files[random.Next(files.Length)];
            var good = File.ReadAllBytes(path);
            File.WriteAllBytes(path, Damaged(random, path, good));
            try
            {
                using var model = GoldenModels.Load(name, folder.File(name));
                loaded++;
            }
            catch (Exception e) when (e is ModelFormatException or UnsupportedModelException or SafetensorsException or WeightMismatchException)
            {
                refused++;
            }
            File.WriteAllBytes(path, good);
        }
        Assert.InRange(Environment.WorkingSet - memory, long.MinValue, 64 << 20);   // together they read 200 MB
        Assert.InRange(loaded, 10, Cases);
        Assert.InRange(refused, Cases / 2, Cases);
    }

    /// <remarks>The rule is twice the file and 64 MiB; the rest of the allowance is what the process needs whatever it loads.</remarks>
    [Theory]
    [InlineData("num_hidden_layers", 1024, 2)]   // a second each
    [InlineData("vocab_size", 4_194_304)]
    [InlineData("hidden_size", 65_536)]
    [InlineData("intermediate_size", 1_048_576)]
    [InlineData("max_position_embeddings", 134_217_728)]
    [InlineData("n_positions", 4_194_304)]
    [InlineData("n_embd", 65_536)]
    public void A_configuration_that_asks_for_more_than_the_files_hold_costs_nothing(string key, int value, int models = int.MaxValue)
    {
        using var folder = new TemporaryFolder();
        foreach (var name in GoldenModels.Names.Take(models))
        {
            CopyOf(name, folder);
            var config = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(folder.File(name, "config.json")))!.AsObject();
            if (!config.ContainsKey(key)) continue;
            config[key] = value;
            config.Remove("layer_types");
            File.WriteAllText(folder.File(name, "config.json"), config.ToJsonString());
            var (before, managed) = (Environment.WorkingSet, GC.GetTotalAllocatedBytes());
            try
            {
                using var model = GoldenModels.Load(name, folder.File(name));
            }
            catch (Exception e) when (e is ModelFormatException or UnsupportedModelException or WeightMismatchException)
            {
                // Refused, as all are but a longer context, which needs no weights in most families.
            }
            Assert.InRange(Environment.WorkingSet - before, long.MinValue, 64 << 20);
            Assert.InRange(GC.GetTotalAllocatedBytes() - managed, 0, 64 << 20);
        }
    }

    private static void CopyOf(string name, TemporaryFolder folder)
    {
        Directory.CreateDirectory(folder.File(name));
        foreach (var path in Directory.GetFiles(ModelRecord.FolderOf(name)))
            if (Path.GetFileName(path) is "config.json" or "model.safetensors.index.json" || Path.GetFileName(path).StartsWith("model", StringComparison.Ordinal))
                File.Copy(path, folder.File(name, Path.GetFileName(path)), overwrite: true);
    }

    private static byte[] Damaged(Random random, string path, byte[] good)
    {
        if (path.EndsWith(".json", StringComparison.Ordinal))
            return random.Next(2) == 0 ? Encoding.UTF8.GetBytes(Damage.Json(random, Encoding.UTF8.GetString(good))) : [.. Damage.Bytes(random, good)];
        if (random.Next(6) == 0) return good[..random.Next(good.Length)];
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(good);
        var header = Damage.Bytes(random, good.AsSpan(8, length));
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Count);
        return [.. bytes, .. header, .. good[(8 + length)..]];
    }
}
