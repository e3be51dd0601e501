using System.Text;
using System.Text.Json.Nodes;

namespace Alignment.Models.Tests;

/// <summary>Listings that are wrong or hostile.</summary>
public sealed class ListingTests : IDisposable
{
    private readonly FakeHub hub = new(("config.json", "{}"u8.ToArray()));

    private string Listing => $"{hub.Server.Address}api/models/org/tiny/revision/main";

    [Theory]
    [InlineData("../config.json")]
    [InlineData("/etc/config.json")]
    [InlineData("a/../../config.json")]
    [InlineData("a//config.json")]
    [InlineData("a/./config.json")]
    [InlineData("..\\config.json")]
    [InlineData("C:/config.json")]
    [InlineData("c:config.json")]
    [InlineData(".. /config.json")]
    [InlineData("con\0fig.json")]
    [InlineData("con\nfig.json")]
    [InlineData("config.json/")]
    [InlineData("config.json.")]
    public async Task A_name_that_would_leave_the_folder(string name)
    {
        Answers(hub.Listing().With("siblings", new JsonArray(FakeHub.Entry(name, [1]))));
        var message = await hub.FailAsync(hub.Options with { Patterns = ["*", "*/*", "*/*/*", "*/*/*/*"] });
        Assert.Equal(
            $"org/tiny: each file must have a relative path with '/' that stays in its folder; the hub lists {SafetensorsException.Quoted(name)}.", message);
        Assert.Single(hub.Requests);
        Assert.False(Directory.Exists(hub.Cache));
    }

    [Fact]
    public async Task A_name_that_is_too_long() =>
        Assert.StartsWith("org/tiny: each file must have a relative path", await FailWithNameAsync(new string('a', 1025)), StringComparison.Ordinal);

    [Theory]
    [InlineData("sha", "\"../../etc\"", "sha must be a commit of 40 hexadecimal digits.")]
    [InlineData("sha", "\"0123456789ABCDEF0123456789abcdef01234567\"", "sha must be a commit of 40 hexadecimal digits.")]
    [InlineData("sha", "1", "sha must be a commit of 40 hexadecimal digits.")]
    [InlineData("siblings", "{}", "siblings must be an array of files.")]
    [InlineData("siblings", "[1]", "each file must have a name.")]
    [InlineData("siblings", """[{"rfilename":""}]""", "each file must have a name.")]
    [InlineData("siblings", """[{"rfilename":"a"}]""", "'a' must have a size from 0 to 9007199254740992.")]
    [InlineData("siblings", """[{"rfilename":"a","size":-1}]""", "'a' must have a size from 0 to 9007199254740992.")]
    [InlineData("siblings", """[{"rfilename":"a","size":1.5}]""", "'a' must have a size from 0 to 9007199254740992.")]
    [InlineData("siblings", """[{"rfilename":"a","size":9007199254740993}]""", "'a' must have a size from 0 to 9007199254740992.")]
    [InlineData("siblings", """[{"rfilename":"a","size":1}]""", "'a' must have a blob id of 40 hexadecimal digits.")]
    [InlineData("siblings", """[{"rfilename":"a","size":1,"blobId":"../../../../../../../../../../etc/passwd"}]""",
        "'a' must have a blob id of 40 hexadecimal digits.")]
    public async Task A_listing_of_another_form(string key, string value, string rule)
    {
        Answers(hub.Listing().With(key, JsonNode.Parse(value)));
        Assert.Equal($"{Listing}: {rule}", await hub.FailAsync());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"sha256":"../x"}""")]
    [InlineData("""{"sha256":1}""")]
    public async Task A_large_file_without_a_sha256_of_64_digits(string lfs)
    {
        Answers(hub.Listing().With("siblings", new JsonArray(FakeHub.Entry("config.json", [1]).With("lfs", JsonNode.Parse(lfs)))));
        Assert.Equal($"{Listing}: 'config.json' must have a SHA-256 of 64 hexadecimal digits.", await hub.FailAsync());
    }

    [Fact]
    public async Task A_name_twice()
    {
        Answers(hub.Listing().With("siblings", new JsonArray(FakeHub.Entry("config.json", [1]), FakeHub.Entry("config.json", [2]))));
        Assert.Equal($"{Listing}: 'config.json' must be listed once.", await hub.FailAsync());
    }

    [Fact]
    public async Task Files_whose_sizes_together_would_overflow()
    {
        var half = FakeHub.Entry("a", [1]).With("size", 1L << 52);
        Answers(hub.Listing().With("siblings", new JsonArray(half, half.DeepClone().AsObject().With("rfilename", "b"), FakeHub.Entry("c", [1]))));
        Assert.Equal($"{Listing}: all files together must have at most 9007199254740992 bytes.", await hub.FailAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{\"sha\":\"\\ud800\"}")]
    public async Task A_listing_that_is_no_json(string text)
    {
        hub.Instead = (_, _, _) => new Answer { Body = Encoding.UTF8.GetBytes(text) };
        Assert.StartsWith($"{Listing}: must be JSON. ", await hub.FailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listing_that_is_too_long()
    {
        hub.Instead = (_, _, _) => new Answer { Body = new byte[(32 << 20) + 1], Announced = -1 };
        Assert.Equal($"{Listing}: a listing must have at most 32 MiB.", await hub.FailAsync());
    }

    [Fact]
    public async Task A_listing_that_is_cut_off_or_fails_is_asked_for_again()
    {
        hub.Instead = (_, nth, asked) => !asked.Path.StartsWith("/api/", StringComparison.Ordinal) ? null : nth switch
        {
            1 => FakeHub.Json(hub.Listing()).CutAfter(20),
            2 => new Answer(503),
            _ => null,
        };
        await hub.DownloadAsync();
        Assert.Equal([0.5, 1], hub.Clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_listing_of_another_commit_than_that_asked_for()
    {
        var other = new string('a', 40);
        Assert.Equal($"org/tiny: the hub must list commit {other}, which was asked for; listed {FakeHub.Commit}.", await hub.FailAsync(revision: other));
    }

    [Fact]
    public async Task A_repository_with_pickles_only()
    {
        hub.Files["pytorch_model.bin"] = [1];
        Assert.Equal(
            "org/tiny: weights must be safetensors; the hub lists 'pytorch_model.bin', a format that can run code when it is opened. "
            + "Convert it with a Python that has transformers: AutoModelForCausalLM.from_pretrained(name).save_pretrained(folder).",
            await hub.FailAsync());
        await hub.DownloadAsync(hub.Options with { Patterns = ["config.json"] });
    }

    [Fact]
    public async Task Patterns_that_match_nothing() => Assert.Equal(
        $"org/tiny: a file must match one of *.gguf, x; none does at {FakeHub.Commit}.", await hub.FailAsync(hub.Options with { Patterns = ["*.gguf", "x"] }));

    public void Dispose() => hub.Dispose();

    private void Answers(JsonNode listing) => hub.Instead = (_, _, _) => FakeHub.Json(listing);

    private Task<string> FailWithNameAsync(string name)
    {
        Answers(hub.Listing().With("siblings", new JsonArray(FakeHub.Entry(name, [1]))));
        return hub.FailAsync(hub.Options with { Patterns = ["*"] });
    }
}
