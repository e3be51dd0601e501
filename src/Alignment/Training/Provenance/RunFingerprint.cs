using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>What decides the bits that a run ends with, beside the weights it starts from: a checkpoint of another run must not be gone on from.</summary>
/// <param name="Method">For example <c>DPO</c>.</param>
/// <param name="Settings">The settings that must stay.</param>
/// <param name="Data">The rows, by what they are for, such as <c>data</c> and <c>held-out data</c>.</param>
/// <param name="Parameters">Type, shape and whether it is trained of each parameter of the model, by name.</param>
internal sealed record RunFingerprint(
    string Method,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyDictionary<string, DataFingerprint> Data,
    IReadOnlyDictionary<string, string> Parameters)
{
    private const int HashDigits = 12;   // shown of 64

    public static RunFingerprint Of(string method, object options, IReadOnlyDictionary<string, DataFingerprint> data, nn.Module model) =>
        new(method, Training.Settings.BindingOf(options), data, model.named_parameters().ToDictionary(
            entry => entry.name, entry => TensorText.Of(entry.parameter) + (entry.parameter.requires_grad ? ", trained" : ", frozen")));

    /// <summary>For the state of a checkpoint.</summary>
    public JsonObject ToJson() => new()
    {
        ["method"] = Method,
        ["settings"] = Json(Settings, text => text),
        ["data"] = Json(Data, data => new JsonObject { ["rows"] = data.Rows, ["tokens"] = data.Tokens, ["sha256"] = data.Sha256 }),
        ["parameters"] = Json(Parameters, text => text),
    };

    /// <summary>What <see cref="ToJson"/> gave.</summary>
    /// <exception cref="CheckpointException">It is something else.</exception>
    public static RunFingerprint FromJson(JsonNode? json, string checkpoint)
    {
        try
        {
            var root = json!.AsObject();
            return new RunFingerprint((string)root["method"]!, Map(root["settings"], node => (string)node!),
                Map(root["data"], node => new DataFingerprint((int)node!["rows"]!, (long)node["tokens"]!, (string)node["sha256"]!)),
                Map(root["parameters"], node => (string)node!));
        }
        catch (Exception e) when (e is NullReferenceException or ArgumentException or InvalidOperationException or FormatException or JsonException)
        {
            throw new CheckpointException($"{checkpoint}: its state does not say what run it is of. {e.Message}", e);
        }
    }

    /// <summary>Throws where this run is another one than that of a checkpoint.</summary>
    /// <param name="saved">Of the checkpoint.</param>
    /// <param name="checkpoint">Its folder, for the message.</param>
    /// <exception cref="CheckpointException">The message lists every difference.</exception>
    public void RequireSame(RunFingerprint saved, string checkpoint) => Differences.Require(
        [
            .. Method == saved.Method ? [] : (string[])[$"method: was {saved.Method}, is {Method}"],
            .. Compare("", saved.Settings, Settings, text => text),
            .. Compare("", saved.Data, Data, Text),
            .. Compare("parameter ", saved.Parameters, Parameters, text => text),
        ], $"{checkpoint}: is of another run, and going on from it would give neither's result. Restore what was, or name another folder");

    private static IEnumerable<string> Compare<T>(string kind, IReadOnlyDictionary<string, T> saved, IReadOnlyDictionary<string, T> now, Func<T, string> text)
        where T : class =>
        from name in saved.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
        let was = saved.GetValueOrDefault(name)
        let given = now.GetValueOrDefault(name)
        where !Equals(was, given)
        select $"{kind}{name}: was {(was is null ? "missing" : text(was))}, is {(given is null ? "missing" : text(given))}";

    private static string Text(DataFingerprint data) =>
        string.Create(CultureInfo.InvariantCulture,
        $"{data.Rows:N0} rows of {data.Tokens:N0} tokens (SHA-256 {data.Sha256.AsSpan(0, Math.Min(HashDigits, data.Sha256.Length))}...)");

    private static JsonObject Json<T>(IReadOnlyDictionary<string, T> map, Func<T, JsonNode> value) =>
        new(map.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)value(entry.Value))));

    private static Dictionary<string, T> Map<T>(JsonNode? json, Func<JsonNode?, T> value) =>
        json!.AsObject().ToDictionary(entry => entry.Key, entry => value(entry.Value));
}
