using System.Text.Json;
using Microsoft.Extensions.AI;
using AI = Microsoft.Extensions.AI;

namespace Alignment.Feedback;

/// <summary>Calls as clients take them, and what is kept of their responses.</summary>
internal static class AnswerReader
{
    /// <summary>The name under which a client that is not OpenAI's may give log-probabilities: tokens, or the JSON of OpenAI's
    /// <c>logprobs</c>.</summary>
    public const string LogProbs = "logprobs";

    public static IEnumerable<AI.ChatMessage> Messages(ChatCall call) =>
        call.Messages.Select(message => new AI.ChatMessage(new ChatRole(message.Role), message.Content));

    /// <param name="call">The call.</param>
    /// <param name="source">Whose log-probabilities can be asked for, and how: other clients may refuse options that are not theirs.</param>
    /// <param name="sendsSampling">Whether temperature and seed are named.</param>
    public static ChatOptions Options(ChatCall call, LogProbSource source, bool sendsSampling)
    {
        var options = call.Options;
        var request = new ChatOptions { MaxOutputTokens = options.MaxOutputTokens };
        if (sendsSampling) (request.Temperature, request.Seed) = ((float)options.Temperature, options.Seed);
        if (options.JsonSchema is { } schema)
        {
            using var document = JsonDocument.Parse(schema);
            request.ResponseFormat = ChatResponseFormat.ForJsonSchema(document.RootElement.Clone(), "answer");
            request.AdditionalProperties = source == LogProbSource.OpenAI ? new() { ["strict"] = true } : null;
        }
        if (options.TopLogProbs > 0 && source == LogProbSource.OpenAI)
            request.RawRepresentationFactory = _ => new OpenAI.Chat.ChatCompletionOptions
            {
                IncludeLogProbabilities = true, TopLogProbabilityCount = options.TopLogProbs,
            };
        if (options.TopLogProbs > 0 && source == LogProbSource.Policy)
            (request.AdditionalProperties ??= [])["top_logprobs"] = options.TopLogProbs;
        return request;
    }

    /// <exception cref="FeedbackException">The answer was held back, or is empty.</exception>
    public static CallAnswer Read(ChatResponse response, CallSize bound)
    {
        if (response.FinishReason == ChatFinishReason.ContentFilter)
            throw new FeedbackException(FailureKind.Filtered, "The endpoint's filter held the answer back.");
        if (string.IsNullOrWhiteSpace(response.Text)) throw new FeedbackException(FailureKind.Unreadable, "The answer is empty.");
        return new CallAnswer(
            response.Text, response.Usage?.InputTokenCount ?? bound.Input, response.Usage?.OutputTokenCount ?? bound.Output,
            response.FinishReason == ChatFinishReason.Length) { LogProbs = ReadLogProbs(response) };
    }

    private static IReadOnlyList<TokenLogProb>? ReadLogProbs(ChatResponse response)
    {
        if (response.RawRepresentation is OpenAI.Chat.ChatCompletion { ContentTokenLogProbabilities: { Count: > 0 } tokens })
            return [.. tokens.Select(token => new TokenLogProb(token.Token, token.LogProbability,
                [.. token.TopLogProbabilities.Select(top => new TokenAlternative(top.Token, top.LogProbability))]))];
        // What a stream says at its end stands with the message when its updates are put together.
        var given = response.AdditionalProperties?.GetValueOrDefault(LogProbs) ?? response.Messages[^1].AdditionalProperties?.GetValueOrDefault(LogProbs);
        return given switch
        {
            IEnumerable<TokenLogProb> all => [.. all],
            JsonElement json => FromJson(json),
            _ => null,
        };
    }

    // {"content": [{"token", "logprob", "top_logprobs": [{"token", "logprob"}]}]}, as OpenAI's endpoints and vLLM write it; anything else is none.
    private static IReadOnlyList<TokenLogProb>? FromJson(JsonElement json)
    {
        try
        {
            return [.. json.GetProperty("content").EnumerateArray().Select(token => new TokenLogProb(
                Token(token), LogProb(token),
                token.TryGetProperty("top_logprobs", out var top) ? [.. top.EnumerateArray()
                    .Select(one => new TokenAlternative(Token(one), LogProb(one)))] : []))];
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }

        static string Token(JsonElement token) => token.GetProperty("token").GetString()!;
        static double LogProb(JsonElement token) => token.GetProperty("logprob").GetDouble();
    }
}
