using System.Text.Json;
using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>What transformers computed with one of the tiny models: the rows of both batches without their padding, and the values at real tokens.</summary>
internal sealed class ModelRecord(string model) : IDisposable
{
    /// <summary>Every family, with what is special in each.</summary>
    public static readonly string[] Names = ["llama", "mistral", "qwen2", "qwen3", "gemma2", "gemma3", "phi3", "gpt2"];

    private readonly SafetensorsFile file = SafetensorsFile.Open(Path.Combine(FolderOf(model), "io.safetensors"));

    public static TheoryData<string> All => [.. Names];

    public string Folder => FolderOf(model);

    public JsonElement Io { get; } = Alignment.Tests.Common.Golden.Json("models", model, "io.json");

    public IReadOnlyList<string> Tensors => file.Names;

    public Tensor this[string name] => file.Read(name);

    public static string FolderOf(string model) => Alignment.Tests.Common.Golden.Path("models", model);

    /// <summary>The model in float32, as the values were computed, whatever its weights are stored in.</summary>
    /// <remarks>transformers computed them by its fused kernel, which leaves Gemma 2's cap of attention scores out; with it see SoftCapTests.</remarks>
    public DecoderModel Load(Device? device = null, ScalarType type = ScalarType.Float32)
    {
        var config = DecoderConfig.Load(Path.Combine(Folder, "config.json"));
        return PretrainedModel.Load(Folder, config with { Attention = config.Attention with { SoftCap = null }, DataType = type }, device ?? CPU);
    }

    /// <summary>Ids of each row without padding.</summary>
    public int[][] Rows(string side)
    {
        using var ids = this[$"input_ids_{side}"];
        using var mask = this[$"attention_mask_{side}"];
        return [.. Enumerable.Range(0, (int)ids.shape[0]).Select(row => Real(ids[row], mask[row]))];
    }

    /// <summary>Values at real tokens, row after row, of a tensor <c>[rows, places, ...]</c>.</summary>
    public Tensor AtRealTokens(string name, string side)
    {
        using var scope = NewDisposeScope();
        var mask = this[$"attention_mask_{side}"].flatten().to(ScalarType.Bool);
        return this[name].flatten(0, 1).index(mask).MoveToOuterDisposeScope();
    }

    /// <summary>The prompts of the recorded generations, without padding.</summary>
    public IReadOnlyList<int>[] Prompts()
    {
        var generation = Io.GetProperty("generation");
        var ids = generation.GetProperty("input_ids").Deserialize<int[][]>()!;
        var mask = generation.GetProperty("attention_mask").Deserialize<int[][]>()!;
        return [.. ids.Select((row, i) => row.Where((_, t) => mask[i][t] == 1).ToArray())];
    }

    public void Dispose() => file.Dispose();

    private static int[] Real(Tensor ids, Tensor mask) =>
        [.. ids.data<long>().ToArray().Zip(mask.data<long>().ToArray()).Where(pair => pair.Second == 1).Select(pair => (int)pair.First)];
}
