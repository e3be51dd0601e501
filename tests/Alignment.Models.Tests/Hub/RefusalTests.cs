namespace Alignment.Models.Tests;

/// <summary>What a person is told when the hub refuses, and that the token is never told.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly FakeHub hub = new(("config.json", "{}"u8.ToArray()));

    private string Listing => $"{hub.Server.Address}api/models/org/tiny/revision/main";

    [Theory]
    [InlineData(401, "")]
    [InlineData(401, "RepoNotFound")]
    [InlineData(404, "RepoNotFound")]
    public Task A_model_that_is_private_or_does_not_exist(int status, string code) => SaysAsync(
        status, code, "org/tiny: the hub shows no such model; if it is private or gated, set HF_TOKEN to a token that may read it. {0}");

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public Task A_gated_model(int status) => SaysAsync(status, "GatedRepo",
        $"org/tiny: the model is gated: accept its licence at {hub.Server.Address}org/tiny and set HF_TOKEN to a token of that account. {{0}}");

    [Fact]
    public Task A_token_without_the_right() => SaysAsync(403, "",
        $"org/tiny: the token must be allowed to read the model; if it is gated, accept its licence at {hub.Server.Address}org/tiny. {{0}}");

    [Fact]
    public async Task A_revision_that_is_not_there()
    {
        Refuse(404, "RevisionNotFound");
        Assert.Equal($"org/tiny: the hub has no such revision. {Listing}: answered 404.", await hub.FailAsync());
    }

    [Fact]
    public async Task A_file_that_is_not_there()
    {
        hub.Instead = (path, _, _) =>
            path.Contains("/resolve/", StringComparison.Ordinal) ? new Answer(404) { Headers = [("X-Error-Code", "EntryNotFound")] } : null;
        Assert.Equal(
            $"org/tiny: the hub has no such file. {hub.Server.Address}org/tiny/resolve/{FakeHub.Commit}/config.json: answered 404.", await hub.FailAsync());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(416)]
    [InlineData(206)]
    [InlineData(204)]
    [InlineData(304)]
    public async Task Any_other_answer(int status)
    {
        Refuse(status, "");
        Assert.Equal($"{Listing}: answered {status}.", await hub.FailAsync());
        Assert.Single(hub.Requests);
    }

    [Fact]
    public async Task A_server_of_files_that_refuses_is_not_taken_for_a_gated_model()
    {
        hub.Files["model.safetensors"] = [1];
        hub.Instead = (path, _, _) => path.StartsWith("/blob/", StringComparison.Ordinal) ? new Answer(403) : null;
        Assert.Equal($"{hub.FileServer.Address}blob/model.safetensors: answered 403.", await hub.FailAsync());
    }

    public void Dispose() => hub.Dispose();

    private async Task SaysAsync(int status, string code, string message)
    {
        Refuse(status, code);
        foreach (var (token, said) in new[] { (null, "No token was sent."), (FakeHub.Token, "A token was sent.") })
        {
            using var client = new ModelHub(hub.Options with { Token = token }, time: hub.Clock);
            var error = await Assert.ThrowsAsync<ModelHubException>(() => client.DownloadAsync(FakeHub.Repository));
            Assert.Equal($"{message.Replace("{0}", said, StringComparison.Ordinal)} {Listing}: answered {status}.", error.Message);
            Assert.DoesNotContain(FakeHub.Token, error.ToString(), StringComparison.Ordinal);
        }
    }

    private void Refuse(int status, string code) =>
        hub.Instead = (_, _, _) => new Answer(status) { Headers = code.Length > 0 ? [("X-Error-Code", code)] : [] };
}
