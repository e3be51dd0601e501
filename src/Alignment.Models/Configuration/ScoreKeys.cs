using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>architectures and the labels: whether a model ends in a score head of one number or in an output projection.</summary>
internal static class ScoreKeys
{
    public static bool Read(ConfigObject root, ModelFamily family)
    {
        var architectures = root.Texts("architectures");
        if (architectures.Length == 0 || architectures.Contains(family.Architecture)) return false;
        if (!architectures.Contains(family.ScoreArchitecture))
            throw root.Unsupported("architectures", $"[\"{family.Architecture}\"] or [\"{family.ScoreArchitecture}\"]");
        // Without labels transformers makes two of them, which is a classifier and no reward.
        var labels = root.Object("id2label")?.Count ?? root.OptionalInteger("num_labels", Limits.Vocabulary) ?? 2;
        return labels == 1 ? true : throw root.Unsupported(root.Has("id2label") ? "id2label" : "num_labels", "one label: a reward is one number");
    }

    public static void Write(DecoderConfig config, ModelFamily family, JsonObject root)
    {
        root["architectures"] = new JsonArray(config.HasScoreHead ? family.ScoreArchitecture : family.Architecture);
        if (!config.HasScoreHead) return;
        root["id2label"] = new JsonObject { ["0"] = "LABEL_0" };
        root["label2id"] = new JsonObject { ["LABEL_0"] = 0 };
    }
}
