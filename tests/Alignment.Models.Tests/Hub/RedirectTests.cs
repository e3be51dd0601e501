using System.Net;

namespace Alignment.Models.Tests;

/// <summary>Where redirects may lead, and where the token goes.</summary>
public sealed class RedirectTests : IDisposable
{
    private readonly FakeHub hub = new(("config.json", "{}"u8.ToArray()), ("model.safetensors", FakeHub.Bytes(100)));

    [Fact]
    public async Task The_token_goes_to_the_hub_and_to_no_other_server()
    {
        await hub.DownloadAsync(hub.Options with { Token = FakeHub.Token });
        Assert.Equal(3, hub.Server.Requests.Count);
        Assert.All(hub.Server.Requests, asked => Assert.Equal($"Bearer {FakeHub.Token}", asked.Token));
        Assert.Single(hub.FileServer.Requests);
        Assert.All(hub.FileServer.Requests, asked => Assert.Null(asked.Token));
    }

    [Fact]
    public async Task The_token_comes_back_with_a_redirect_that_leads_back()
    {
        hub.Instead = (path, _, _) => path.StartsWith("/blob/", StringComparison.Ordinal) ? Answer.Redirect($"{hub.Server.Address}back")
            : path == "/back" ? new Answer { Body = hub.Files["model.safetensors"] }
            : null;
        await hub.DownloadAsync(hub.Options with { Token = FakeHub.Token });
        Assert.Equal($"Bearer {FakeHub.Token}", hub.Server.Requests[^1].Token);
        Assert.All(hub.FileServer.Requests, asked => Assert.Null(asked.Token));
    }

    [Fact]
    public async Task Without_a_token_none_is_sent()
    {
        await hub.DownloadAsync();
        Assert.All(hub.Requests, asked => Assert.Null(asked.Token));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_repository_that_was_renamed_is_found_by_a_relative_redirect(int status)
    {
        hub.Instead = (path, _, _) => path.Contains("/old", StringComparison.Ordinal)
            ? Answer.Redirect(path.Replace("/old", "/org/tiny", StringComparison.Ordinal), status)
            : null;
        using var client = new ModelHub(hub.Options, time: hub.Clock);
        var folder = await client.DownloadAsync("old");
        Assert.Equal(Path.Combine(hub.Cache, "models--old", "snapshots", FakeHub.Commit), folder);
        Assert.Equal("{}", File.ReadAllText(Path.Combine(folder, "config.json")));
    }

    [Fact]
    public async Task The_range_of_a_resumed_download_survives_redirects()
    {
        hub.Instead = (path, nth, _) => path.StartsWith("/blob/", StringComparison.Ordinal) && nth == 1
            ? new Answer { Body = hub.Files["model.safetensors"] }.CutAfter(40)
            : null;
        await hub.DownloadAsync();
        Assert.Equal([0, 40], hub.FileServer.Requests.Select(asked => asked.Start));
    }

    [Fact]
    public async Task A_loop_of_redirects_ends()
    {
        hub.Instead = (path, _, _) => path.StartsWith("/blob/", StringComparison.Ordinal) ? Answer.Redirect(path) : null;
        Assert.Equal(
            $"{hub.Server.Address}org/tiny/resolve/{FakeHub.Commit}/model.safetensors: must end after at most 8 redirects.", await hub.FailAsync());
        Assert.Equal(8, hub.FileServer.Requests.Count);
    }

    [Theory]
    [InlineData("ftp://user:password@127.0.0.1/x#c", "ftp://127.0.0.1/x")]
    [InlineData("file:///etc/passwd", "file:///etc/passwd")]
    public async Task A_redirect_to_another_protocol(string location, string shown)
    {
        hub.Instead = (path, _, _) => path.StartsWith("/blob/", StringComparison.Ordinal) ? Answer.Redirect(location) : null;
        Assert.Equal($"{hub.FileServer.Address}blob/model.safetensors: a redirect must stay on http; this one leads to {shown}.", await hub.FailAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://[")]
    [InlineData("//")]
    public async Task A_redirect_to_nowhere(string? location)
    {
        var answer = location is null ? new Answer(302) : Answer.Redirect(location);
        hub.Instead = (path, _, _) => path.StartsWith("/blob/", StringComparison.Ordinal) ? answer : null;
        Assert.Equal($"{hub.FileServer.Address}blob/model.safetensors: a redirect must name an address; this one names none.", await hub.FailAsync());
    }

    [Fact]
    public async Task Https_never_becomes_http()
    {
        using var handler = new FakeHandler(_ => FakeHandler.Redirect("http://user:password@hub.test/api?secret=1"));
        Assert.Equal(
            "https://hub.test/api/models/org/tiny/revision/main: a redirect must stay on https; this one leads to http://hub.test/api.",
            await FailAsync("https://hub.test", handler));
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Another_port_scheme_or_host_is_another_server()
    {
        string[] places = ["https://hub.test:444/1", "https://files.hub.test/2", "https://hub.test.evil/3", "https://HUB.test/4"];
        var next = 0;
        using var handler = new FakeHandler(_ => next < places.Length ? FakeHandler.Redirect(places[next++]) : new HttpResponseMessage(HttpStatusCode.Gone));
        await FailAsync("https://hub.test", handler);
        Assert.Equal(["Bearer " + FakeHub.Token, null, null, null, "Bearer " + FakeHub.Token], handler.Requests.Select(asked => asked.Token));
    }

    [Fact]
    public async Task The_token_never_travels_in_the_clear()
    {
        using var handler = new FakeHandler(_ => new HttpResponseMessage(HttpStatusCode.Unauthorized));
        Assert.Contains(" No token was sent. ", await FailAsync("http://hub.test", handler), StringComparison.Ordinal);
        Assert.Null(Assert.Single(handler.Requests).Token);
    }

    [Fact]
    public async Task A_handler_that_follows_redirects_itself_is_refused()
    {
        using var handler = new SocketsHttpHandler();
        hub.Instead = (path, _, _) => path.StartsWith("/api/", StringComparison.Ordinal) ? Answer.Redirect("/elsewhere") : new Answer();
        var message = await FailAsync(hub.Server.Address.OriginalString, handler);
        Assert.Equal(
            $"{hub.Server.Address}api/models/org/tiny/revision/main: the HttpMessageHandler must not follow redirects itself; set AllowAutoRedirect to false.",
            message);
    }

    public void Dispose() => hub.Dispose();

    private async Task<string> FailAsync(string endpoint, HttpMessageHandler handler)
    {
        using var client = new ModelHub(hub.Options with { Endpoint = new Uri(endpoint), Token = FakeHub.Token }, handler, hub.Clock);
        return (await Assert.ThrowsAsync<ModelHubException>(() => client.DownloadAsync(FakeHub.Repository))).Message;
    }
}
