using System.Security.Cryptography;
using System.Text.Json;

namespace Alignment.Feedback;

/// <summary>The name of a call: SHA-256 of model, messages and options, the same on every machine.</summary>
internal static class CallKey
{
    public static string Of(string model, ChatCall call)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteStartArray("messages");
            foreach (var message in call.Messages)
            {
                json.WriteStartArray();   // an array, whose ends no text can imitate
                json.WriteStringValue(message.Role);
                json.WriteStringValue(message.Content);
                json.WriteEndArray();
            }
            json.WriteEndArray();
            var options = call.Options;
            json.WriteNumber("temperature", options.Temperature);
            json.WriteNumber("maxOutputTokens", options.MaxOutputTokens);
            if (options.Seed is { } seed) json.WriteNumber("seed", seed);
            if (options.JsonSchema is { } schema) json.WriteString("jsonSchema", schema);
            json.WriteNumber("topLogProbs", options.TopLogProbs);
            json.WriteEndObject();
        }
        return Convert.ToHexStringLower(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }
}
