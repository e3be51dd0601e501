using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>How one family of models is described in config.json. A new family is a new class and a line in the table below.</summary>
internal abstract class ModelFamily
{
    private static readonly Dictionary<string, ModelFamily> ByType =
        new ModelFamily[] { new LlamaFamily() }.ToDictionary(family => family.ModelType);

    /// <summary>The value of model_type.</summary>
    public abstract string ModelType { get; }

    /// <summary>The class of transformers, in architectures.</summary>
    public abstract string Architecture { get; }

    private static string Allowed => string.Join(", ", ByType.Keys);

    public static ModelFamily Of(string modelType) =>
        ByType.GetValueOrDefault(modelType)
        ?? throw new UnsupportedModelException($"ModelType must be one of {Allowed}; was {SafetensorsException.Quoted(modelType)}.");

    public static ModelFamily Of(ConfigObject root)
    {
        if (root.Text("model_type") is not { } type || !ByType.TryGetValue(type, out var family))
            throw root.Unsupported("model_type", $"one of {Allowed}");
        var architectures = root.Texts("architectures");
        return architectures.Length == 0 || architectures.Contains(family.Architecture)
            ? family
            : throw root.Unsupported("architectures", $"[\"{family.Architecture}\"]");
    }

    public abstract DecoderConfig Read(ConfigObject root);

    /// <summary>Puts every value into the object, leaving all other keys as they are.</summary>
    public abstract void Write(DecoderConfig config, JsonObject root);
}
