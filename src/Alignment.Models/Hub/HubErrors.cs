using System.Globalization;

namespace Alignment.Models;

/// <summary>What an answer that is no file means, and what a person can do about it.</summary>
internal static class HubErrors
{
    public static Exception Of(HttpResponseMessage response, HubRepository repository, Uri address, bool isHub, bool hadToken, TimeProvider time)
    {
        var status = (int)response.StatusCode;
        var answered = string.Create(CultureInfo.InvariantCulture, $"{HubClient.Shown(address)}: answered {status}.");
        if (status is 408 or 429 or 500 or 502 or 503 or 504) return new TransientException(answered, retryAfter: RetryAfter(response, time));
        if (!isHub) return new ModelHubException(answered);   // a server of files, which knows nothing of licences
        var token = hadToken ? "A token was sent." : "No token was sent.";
        var code = response.Headers.TryGetValues("X-Error-Code", out var codes) ? codes.First() : "";
        var page = repository.Page;
        var problem = (status, code) switch
        {
            (_, "GatedRepo") => $"the model is gated: accept its licence at {page} and set HF_TOKEN to a token of that account. {token}",
            (_, "RevisionNotFound") => "the hub has no such revision.",
            (_, "EntryNotFound") => "the hub has no such file.",
            (403, _) => $"the token must be allowed to read the model; if it is gated, accept its licence at {page}. {token}",
            (401 or 404, _) => $"the hub shows no such model; if it is private or gated, set HF_TOKEN to a token that may read it. {token}",
            _ => null,
        };
        return new ModelHubException(problem is null ? answered : $"{repository.Id}: {problem} {answered}");
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };
}
