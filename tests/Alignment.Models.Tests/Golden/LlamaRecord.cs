using System.Text.Json;
using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>What transformers computed with models/llama: the rows of both batches without their padding, and the values at real tokens.</summary>
internal sealed class LlamaRecord : IDisposable
{
    private readonly SafetensorsFile file = SafetensorsFile.Open(Path("io.safetensors"));

    public static JsonElement Io { get; } = Alignment.Tests.Shared.Golden.Json("models", "llama", "io.json");

    public static string Folder => Path();

    public static string Path(params string[] parts) => Alignment.Tests.Shared.Golden.Path(["models", "llama", .. parts]);

    public Tensor this[string name] => file.Read(name);

    /// <summary>Ids of each row without padding.</summary>
    public int[][] Rows(string side)
    {
        using var ids = this[$"input_ids_{side}"];
        using var mask = this[$"attention_mask_{side}"];
        return [.. Enumerable.Range(0, (int)ids.shape[0]).Select(row => Real(ids[row], mask[row]))];
    }

    /// <summary>Logits at real tokens, row after row, <c>[N, V]</c>.</summary>
    public Tensor Logits(string side)
    {
        using var scope = NewDisposeScope();
        var mask = this[$"attention_mask_{side}"].flatten().to(ScalarType.Bool);
        return this[$"logits_{side}"].flatten(0, 1).index(mask).MoveToOuterDisposeScope();
    }

    public void Dispose() => file.Dispose();

    private static int[] Real(Tensor ids, Tensor mask) =>
        [.. ids.data<long>().ToArray().Zip(mask.data<long>().ToArray()).Where(pair => pair.Second == 1).Select(pair => (int)pair.First)];
}
