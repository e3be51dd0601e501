using System.Globalization;
using System.Text.Json;
using Alignment.Generation;
using Microsoft.Extensions.AI;

namespace Alignment.Models;

/// <summary>Options of a request over those of the client. What a policy can't do is refused by name, so that nothing is dropped in silence.</summary>
internal static class ChatOptionsReader
{
    private const string MinP = "min_p";
    private const string RepetitionPenalty = "repetition_penalty";
    private const string TopLogProbs = "top_logprobs";
    private const int MostLogProbs = 20;   // as many as other endpoints give

    /// <exception cref="NotSupportedException">The request asks for what a policy can't do.</exception>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public static TextGenerationOptions Read(ChatOptions request, TextGenerationOptions usual, long seed, string modelId)
    {
        RequireSupported(request, modelId);
        var tokens = usual.Tokens with
        {
            MaxNewTokens = AtLeastOne(request.MaxOutputTokens) ?? usual.Tokens.MaxNewTokens,
            Sampling = Sampling(request, usual.Tokens.Sampling),
            RepetitionPenalty = Number(request, RepetitionPenalty) ?? usual.Tokens.RepetitionPenalty,
            Seed = seed,
            TopLogProbs = LogProbs(request) ?? usual.Tokens.TopLogProbs,
        };
        return usual with { Tokens = tokens, StopTexts = [.. usual.StopTexts, .. request.StopSequences ?? []] };
    }

    private static int? LogProbs(ChatOptions request) => Number(request, TopLogProbs) switch
    {
        null => null,
        >= 0 and <= MostLogProbs and var count when double.IsInteger(count) => (int)count,
        var count => throw new ArgumentException(FormattableString.Invariant(
            $"{nameof(ChatOptions)}.{nameof(ChatOptions.AdditionalProperties)}[\"{TopLogProbs}\"] must be a whole number from 0 to {MostLogProbs}; was {count}.")),
    };

    private static SamplingOptions? Sampling(ChatOptions request, SamplingOptions? usual)
    {
        var minP = Number(request, MinP);
        if (request.Temperature == 0) return null;   // greedy, whatever the rest says
        if ((request.Temperature, request.TopK, request.TopP, minP) is (null, null, null, null)) return usual;
        usual ??= new SamplingOptions();
        return usual with
        {
            Temperature = request.Temperature ?? usual.Temperature,
            TopK = request.TopK ?? usual.TopK,
            TopP = request.TopP ?? usual.TopP,
            MinP = minP ?? usual.MinP,
        };
    }

    private static void RequireSupported(ChatOptions request, string modelId)
    {
        Require(request.ModelId is null || request.ModelId == modelId, nameof(request.ModelId), $"null or \"{modelId}\"", $"was \"{request.ModelId}\"");
        Require(request.ConversationId is null, nameof(request.ConversationId), "null, as requests bring all their messages", $"was \"{request.ConversationId}\"");
        Require(request.Tools is not { Count: > 0 }, nameof(request.Tools), "empty", $"held \"{request.Tools?.FirstOrDefault()?.Name}\"");
        Require(request.ToolMode is not RequiredChatToolMode, nameof(request.ToolMode), "null, Auto or None", $"was {request.ToolMode?.GetType().Name}");
        Require(
            request.ResponseFormat is null or ChatResponseFormatText, nameof(request.ResponseFormat), "null or Text", $"was {request.ResponseFormat?.GetType().Name}");
        Require(request.Reasoning is null, nameof(request.Reasoning), "null", $"was {request.Reasoning?.GetType().Name}");
        Require(request.FrequencyPenalty is null or 0, nameof(request.FrequencyPenalty), "null or 0", $"was {request.FrequencyPenalty}");
        Require(request.PresencePenalty is null or 0, nameof(request.PresencePenalty), "null or 0", $"was {request.PresencePenalty}");
        Require(request.RawRepresentationFactory is null, nameof(request.RawRepresentationFactory), "null", $"was set");
        foreach (var key in request.AdditionalProperties?.Keys ?? [])
            Require(key is MinP or RepetitionPenalty or TopLogProbs, nameof(request.AdditionalProperties), $"limited to {MinP}, {RepetitionPenalty} and {TopLogProbs}", $"held \"{key}\"");
    }

    private static void Require(bool isSupported, string name, string allowed, FormattableString given)
    {
        if (!isSupported) throw new NotSupportedException($"{nameof(ChatOptions)}.{name} must be {allowed}; {FormattableString.Invariant(given)}.");
    }

    private static int? AtLeastOne(int? value) => value is null or >= 1
        ? value
        : throw new ArgumentException(FormattableString.Invariant(
            $"{nameof(ChatOptions)}.{nameof(ChatOptions.MaxOutputTokens)} must be at least 1; was {value}."));

    // Whatever type the number came in: written in code, or read from JSON.
    private static double? Number(ChatOptions request, string key) => request.AdditionalProperties?.GetValueOrDefault(key) switch
    {
        null => null,
        JsonElement { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        IConvertible number and (float or double or decimal or int or long) => number.ToDouble(CultureInfo.InvariantCulture),
        var other => throw new ArgumentException(
            $"{nameof(ChatOptions)}.{nameof(ChatOptions.AdditionalProperties)}[\"{key}\"] must be a number; was {other.GetType().Name}."),
    };
}
