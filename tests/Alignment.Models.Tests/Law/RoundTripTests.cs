using System.Text.Json.Nodes;

namespace Alignment.Models.Tests;

/// <summary>Models that transformers wrote, loaded, saved, loaded and saved: each tensor has the bytes of the original, and so has config.json its values.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, long> Models
    {
        get
        {
            var models = new TheoryData<string, long>();
            foreach (var name in GoldenModels.Names)
            {
                models.Add(name, long.MaxValue);
                models.Add(name, 40_000);
            }
            return models;
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void Every_tensor_keeps_its_name_type_shape_and_bytes(string name, long maxShardBytes)
    {
        var original = ModelRecord.FolderOf(name);
        Save(name, original, "once", maxShardBytes);
        Save(name, folder.File("once"), "twice", maxShardBytes);
        var expected = Tensors(original);
        foreach (var saved in (string[])["once", "twice"])
        {
            Assert.Equal(maxShardBytes == long.MaxValue ? 1 : 2, Math.Min(2, Directory.GetFiles(folder.File(saved), "*.safetensors").Length));
            var actual = Tensors(folder.File(saved));
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
            foreach (var (tensor, entry) in expected)
            {
                Assert.Equal(entry.Type, actual[tensor].Type);
                Assert.Equal(entry.Shape, actual[tensor].Shape);
                Assert.Equal(entry.Bytes, actual[tensor].Bytes);
            }
            Assert.True(JsonNode.DeepEquals(Config(original), Config(folder.File(saved))));
        }
    }

    public void Dispose() => folder.Dispose();

    private void Save(string name, string from, string to, long maxShardBytes)
    {
        using var model = GoldenModels.Load(name, from);
        if (model is DecoderRewardModel rewards) rewards.SavePretrained(folder.File(to), maxShardBytes);
        else ((DecoderModel)model).SavePretrained(folder.File(to), maxShardBytes);
    }

    // Without the product's reader.
    private static Dictionary<string, (string Type, long[] Shape, byte[] Bytes)> Tensors(string folder) =>
        Directory.GetFiles(folder, "model*.safetensors").SelectMany(SafetensorsBytes.Parse).ToDictionary();

    private static JsonNode? Config(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")));
}
