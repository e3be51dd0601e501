using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>PEFT's names: of parameters in the model, <c>q_proj.lora_A.default.weight</c>, and of tensors in the file, without the adapter's.</summary>
internal static class AdapterNames
{
    public const string Down = "lora_A";
    public const string Up = "lora_B";
    public const string Saved = "modules_to_save";

    private const string FilePrefix = "base_model.model.";

    /// <summary>A tensor's name in adapter_model.safetensors.</summary>
    public static string InFile(string part, string group, string parameter) =>
        group == Saved ? $"{FilePrefix}{part}.{parameter}" : $"{FilePrefix}{part}.{group}.{parameter}";

    /// <summary>The adapter that a parameter of a model belongs to; null for one of the base.</summary>
    public static string? AdapterOf(string parameter)
    {
        var segments = parameter.Split('.');
        var group = Array.FindIndex(segments, segment => segment is Down or Up or Saved);
        return group < 0 ? null : segments[group + 1];
    }

    /// <summary>A model's parameters but those of adapters.</summary>
    public static IEnumerable<(string name, Parameter parameter)> BaseParameters(this nn.Module model) =>
        model.named_parameters().Where(entry => AdapterOf(entry.name) is null);
}
