using System.Globalization;
using System.Text.Json.Nodes;

namespace Alignment.Training;

/// <summary>provenance.json: everything in full, for programs; what is not known is left out.</summary>
internal static class ProvenanceJson
{
    private const int Version = 1;

    public static JsonObject Of(Provenance provenance, IReadOnlyList<HashedFile> modelFiles)
    {
        var json = new JsonObject
        {
            ["format"] = "alignment-provenance",
            ["version"] = Version,
            ["method"] = provenance.Method,
            ["base_model"] = Known(("name", Name(provenance.BaseModel)), ("files", Files(provenance.BaseFiles))),
            ["tokenizer"] = Known(("files", Files(provenance.TokenizerFiles))),
            ["data"] = new JsonArray([.. provenance.Data.Select(Data)]),
            ["settings"] = new JsonObject(provenance.Settings.Select(setting => KeyValuePair.Create(setting.Key, Name(setting.Value)))),
            ["metrics"] = Metrics(provenance.Metrics),
            ["run"] = Known(
                ("steps", provenance.Steps), ("end", provenance.End?.ToString()), ("started", Date(provenance.Started)),
                ("finished", Date(provenance.Finished)), ("elapsed_seconds", provenance.Elapsed?.TotalSeconds)),
            ["versions"] = new JsonObject(provenance.Versions.Select(version => KeyValuePair.Create(version.Key, (JsonNode?)version.Value))),
            ["model"] = Known(("files", Files(modelFiles))),
        };
        return json;
    }

    private static JsonObject Data(DataProvenance data) => Known(
        ("name", data.Name), ("source", Name(data.Source)), ("rows", data.Rows?.Rows), ("tokens", data.Rows?.Tokens), ("sha256", data.Rows?.Sha256),
        ("files", data.Files.Count == 0 ? null : Files(data.Files)));

    private static JsonArray Files(IEnumerable<HashedFile> files) =>
        new([.. files.Select(file => new JsonObject { ["name"] = file.Name, ["size"] = file.Size, ["sha256"] = file.Sha256 })]);

    private static JsonObject Metrics(IEnumerable<Metric> metrics)
    {
        var json = new JsonObject();
        foreach (var metric in metrics) json[metric.Name] = CheckpointState.Number(metric.Value);
        return json;
    }

    private static JsonObject Known(params ReadOnlySpan<(string Name, JsonNode? Value)> values)
    {
        var json = new JsonObject();
        foreach (var (name, value) in values)
            if (value is not null) json[name] = value;
        return json;
    }

    private static JsonNode? Name(string? text) => text is null ? null : PublicText.Of(text);

    private static JsonNode? Date(DateTimeOffset? date) =>
        date?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
