using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Alignment.Models;

/// <summary>
/// Requests to the hub. Redirects are followed by hand: only so is it certain that the token goes to the hub's host alone,
/// and that nothing that was asked for over https is fetched without.
/// </summary>
internal sealed class HubClient : IDisposable
{
    private const int MostRedirects = 8;

    private readonly ModelHubOptions options;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    public HubClient(ModelHubOptions options, HttpMessageHandler? handler, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        var sender = handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        http = new HttpClient(sender, disposeHandler: handler is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,   // of a whole request; the wait for the next bytes is bounded instead
        };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Alignment", "0.1"));
    }

    /// <summary>An address for a message: without a user, and without the query, where download links keep their signatures.</summary>
    public static string Shown(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>The answer to a request for the bytes from a position on: 200, 206 or 416. To be disposed.</summary>
    /// <exception cref="TransientException">No answer, or one that says to try again.</exception>
    /// <exception cref="ModelHubException">Any other answer.</exception>
    public async Task<HttpResponseMessage> GetAsync(HubRepository repository, Uri address, long from, CancellationToken cancellationToken)
    {
        var at = address;
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            var response = await SendAsync(at, from, cancellationToken).ConfigureAwait(false);
            try
            {
                if (Target(response, at) is { } next)
                {
                    response.Dispose();
                    at = next;
                    continue;
                }
                if (response.StatusCode is HttpStatusCode.OK || (from > 0 && IsAnswerToRange(response.StatusCode))) return response;
                throw HubErrors.Of(response, repository, at, IsHub(at), MayHaveToken(at), time);
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
        throw new ModelHubException(
            string.Create(CultureInfo.InvariantCulture, $"{Shown(address)}: must end after at most {MostRedirects} redirects."));
    }

    /// <summary>Reads on; the wait is bounded.</summary>
    /// <returns>The number of bytes; 0 at the end.</returns>
    public Task<int> ReadAsync(Stream body, Memory<byte> buffer, Uri address, CancellationToken cancellationToken) =>
        WithinTimeoutAsync(token => body.ReadAsync(buffer, token).AsTask(), address, cancellationToken);

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Uri address, long from, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));   // lengths, ranges and hashes are those of the file
        if (from > 0) request.Headers.Range = new RangeHeaderValue(from, null);
        if (MayHaveToken(address)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        var response = await WithinTimeoutAsync(
            token => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), address, cancellationToken).ConfigureAwait(false);
        if (response.RequestMessage is not { RequestUri: { } answered } || answered == address) return response;
        response.Dispose();
        throw new ModelHubException(
            $"{Shown(address)}: the HttpMessageHandler must not follow redirects itself; set AllowAutoRedirect to false.");
    }

    private async Task<T> WithinTimeoutAsync<T>(Func<CancellationToken, Task<T>> answer, Uri address, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            return await answer(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new TransientException(silence.IsCancellationRequested
                ? string.Create(CultureInfo.InvariantCulture, $"{Shown(address)}: was silent for {options.Timeout.TotalSeconds} seconds.")
                : $"{Shown(address)}: {e.Message}", e);
        }
    }

    private static Uri? Target(HttpResponseMessage response, Uri from)
    {
        if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308)) return null;
        if (response.Headers.Location is not { } location || !Uri.TryCreate(from, location, out var target))
            throw new ModelHubException($"{Shown(from)}: a redirect must name an address; this one names none.");
        return target.Scheme == Uri.UriSchemeHttps || (target.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttp)
            ? target
            : throw new ModelHubException($"{Shown(from)}: a redirect must stay on {from.Scheme}; this one leads to {Shown(target)}.");
    }

    private static bool IsAnswerToRange(HttpStatusCode status) =>
        status is HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable;

    private bool IsHub(Uri address) =>
        Uri.Compare(address, options.Endpoint, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private bool MayHaveToken(Uri address) =>
        options.Token is not null && IsHub(address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback);
}
