using System.Text.Json;
using System.Text.Json.Nodes;
using Alignment.Generation;

namespace Alignment.Models;

/// <summary>Log-probabilities of a response as OpenAI's endpoints write them: <c>{"content": [{"token", "logprob", "top_logprobs": [{"token", "logprob"}]}]}</c>.</summary>
internal static class ChatLogProbs
{
    public static JsonElement Of(GeneratedResponse response, ITokenizer tokenizer)
    {
        var content = response.Ids.Zip(response.LogProbs, response.Likely).Select(place =>
        {
            var (id, logProb, likely) = place;
            var json = Token(id, logProb);
            json["top_logprobs"] = new JsonArray([.. likely.Select(other => (JsonNode)Token(other.Id, other.LogProb))]);
            return (JsonNode)json;
        });
        return JsonSerializer.SerializeToElement(new JsonObject { ["content"] = new JsonArray([.. content]) });

        JsonObject Token(int id, float logProb) => new() { ["token"] = tokenizer.Decode([id]), ["logprob"] = Math.Max(logProb, -9999f) };   // JSON has no infinity
    }
}
