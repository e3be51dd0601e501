using System.Text.Json;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Models.Tests.Adapters;

/// <summary>What PEFT computed with one of its adapters on models/llama.</summary>
internal sealed class LoraRecord(string adapter) : IDisposable
{
    public static readonly string[] Names = ["qv", "all_linear", "rslora_pattern", "with_head"];

    private readonly ModelRecord model = new("llama");
    private readonly SafetensorsFile file = SafetensorsFile.Open(Path.Combine(FolderOf(adapter), "io.safetensors"));

    public string Folder => FolderOf(adapter);

    public JsonElement Io { get; } = Alignment.Tests.Common.Golden.Json("lora", adapter, "io.json");

    public IReadOnlyList<string> Tensors => file.Names;

    public Tensor this[string name] => file.Read(name);

    public static string FolderOf(string adapter) => Alignment.Tests.Common.Golden.Path("lora", adapter);

    public DecoderModel Load(bool isTrainable = false)
    {
        var loaded = model.Load();
        loaded.Adapters.Load("default", Folder, isTrainable);
        return loaded;
    }

    public TokenLayout Layout() => TinyLlama.Layout(model.Rows("right"));

    /// <summary>A recorded tensor <c>[rows, places, V]</c> at real tokens, row after row.</summary>
    public Tensor AtRealTokens(string name) => this[name].flatten(0, 1).index(model["attention_mask_right"].flatten().to(ScalarType.Bool));

    public Tensor BaseLogits() => model.AtRealTokens("logits_right", "right");

    public static Tensor LogitsOf(DecoderModel model, TokenLayout layout)
    {
        using var noGrad = no_grad();
        return F.linear(model.Hidden(layout), model.OutputWeight);
    }

    public void Dispose()
    {
        file.Dispose();
        model.Dispose();
    }
}
