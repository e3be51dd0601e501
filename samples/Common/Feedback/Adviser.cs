using Alignment.Feedback;
using Microsoft.Extensions.AI;

namespace Alignment.Samples;

/// <summary>The model that gives feedback: the endpoint that OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL name, or a scripted one.</summary>
internal sealed class Adviser : IDisposable
{
    private readonly IChatClient _client;

    private Adviser(IChatClient client, bool isScripted, FeedbackSettings settings)
    {
        (_client, IsScripted) = (client, isScripted);
        Calls = new CallPipeline(client, new CallPipelineOptions
        {
            Concurrency = settings.Concurrency,
            // What was paid for is kept; a script answers anew faster than a file is read.
            Journal = isScripted ? null : Path.Combine(settings.Output, "feedback-calls.jsonl"),
            Prices = new CallPrices { InputPerMillion = (decimal)settings.InputPrice, OutputPerMillion = (decimal)settings.OutputPrice },
            CostCap = isScripted ? null : (decimal?)settings.CostCap,
        });
    }

    public bool IsScripted { get; }

    /// <summary>The way in which it is asked.</summary>
    public CallPipeline Calls { get; }

    /// <summary>Finds the model: the endpoint where there is a key for it.</summary>
    /// <exception cref="ArgumentException">The environment names no endpoint, or a cap stands without prices.</exception>
    public static Adviser Find(FeedbackSettings settings, Func<ScriptedClient> scripted)
    {
        if (settings is { CostCap: not null, InputPrice: 0, OutputPrice: 0 })
            throw new ArgumentException("--cost-cap must come with --input-price and --output-price: without them every call counts as free.");
        try
        {
            var endpoint = settings.Offline ? null : ChatEndpoints.TryFromEnvironment();
            if (endpoint is null) Screen.Line($"Feedback comes from a script; set OPENAI_API_KEY and OPENAI_MODEL for a model.");
            var adviser = new Adviser(endpoint ?? scripted(), endpoint is null, settings);
            if (endpoint is not null) Screen.Line($"Feedback comes from {adviser.Calls.Model}.");
            return adviser;
        }
        catch (InvalidOperationException error)
        {
            throw new ArgumentException(error.Message, error);
        }
    }

    /// <summary>Tells what its answers took.</summary>
    public void TellCost()
    {
        var took = Calls.Totals;
        Screen.Line($"Feedback: {took.Answers:N0} answers, {took.FromCache:N0} kept ones, {took.Failures:N0} failures, {took.InputTokens:N0} and {took.OutputTokens:N0} tokens, cost {took.Cost:F2}.");
    }

    public void Dispose()
    {
        Calls.Dispose();
        _client.Dispose();
    }
}
