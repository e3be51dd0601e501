using System.Text.Json.Nodes;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Tests.Checkpoints;

/// <summary>Files of a checkpoint that somebody or something changed end in <see cref="CheckpointException"/> or in what was saved, never in anything else.</summary>
public sealed class CheckpointFuzzTests
{
    private const int Mutations = 400;

    [Theory]
    [InlineData("manifest.json", false), InlineData("state.json", false), InlineData("tensors.safetensors", false)]
    [InlineData("state.json", true), InlineData("tensors.safetensors", true)]
    public void Mutated_files(string name, bool isManifestMadeToFit)
    {
        using var temporary = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var store = new CheckpointStore(temporary.Path);
        var tensors = new (string Name, Tensor Tensor)[] { ("a", ones(2, 3)), ("b", zeros(3, dtype: ScalarType.BFloat16)), ("c", tensor(1L)) };
        var state = new JsonObject { ["cursor"] = 12, ["text"] = "Ä \"quoted\"", ["list"] = new JsonArray(1, 0.5, null, true), ["deep"] = new JsonObject { ["x"] = "y" } };
        var folder = store.Save(1, tensors, state);
        var path = Path.Combine(folder, name);
        var original = File.ReadAllBytes(path);
        var random = new Random(3);
        var refused = 0;
        for (var i = 0; i < Mutations; i++)
        {
            var mutated = Mutated(original, random);
            File.WriteAllBytes(path, mutated);
            if (isManifestMadeToFit) Refit(folder, name);
            try
            {
                using var checkpoint = store.Newest()!;
                Visit(checkpoint.State);
                checkpoint.CopyInto(tensors);
                foreach (var tensor in checkpoint.Names) checkpoint.Read(tensor).Dispose();
            }
            catch (CheckpointException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, Mutations / 4, Mutations);
    }

    private static byte[] Mutated(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 20), bytes.Count - at))); break;
                default: bytes[at] = "0123456789{}[]\",:\\"u8[random.Next(18)]; break;
            }
            if (bytes.Count == 0) return [];
        }
        return [.. bytes];
    }

    private static void Refit(string folder, string name)
    {
        var digest = FileDigest.Of(Path.Combine(folder, name));
        var path = Path.Combine(folder, "manifest.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        manifest["files"]![name] = new JsonObject { ["size"] = digest.Size, ["sha256"] = digest.Sha256 };
        File.WriteAllText(path, manifest.ToJsonString());
    }

    private static void Visit(JsonNode? node)
    {
        if (node is JsonObject map) foreach (var (_, value) in map) Visit(value);
        else if (node is JsonArray list) foreach (var value in list) Visit(value);
        else if (node is JsonValue text && text.TryGetValue<string>(out var read)) Assert.NotNull(read);
    }
}
