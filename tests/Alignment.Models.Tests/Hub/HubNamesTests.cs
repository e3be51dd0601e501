namespace Alignment.Models.Tests;

/// <summary>Names that a caller gives.</summary>
public sealed class HubNamesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("gpt2")]
    [InlineData("Qwen/Qwen3-0.6B")]
    [InlineData("meta-llama/Llama-3.2_1B.v2")]
    [InlineData("_org/9b")]
    public void A_repository(string id) => Assert.True(HubNames.IsRepository(id));

    [Theory]
    [InlineData("")]
    [InlineData("/name")]
    [InlineData("org/")]
    [InlineData("a/b/c")]
    [InlineData("../name")]
    [InlineData("org/..")]
    [InlineData("org/.name")]
    [InlineData("org/name.")]
    [InlineData("org/name-")]
    [InlineData("org/na--me")]
    [InlineData("org/na..me")]
    [InlineData("org/name.git")]
    [InlineData("org/na me")]
    [InlineData("org/na?me")]
    [InlineData("org/näme")]
    [InlineData("org\\name")]
    [InlineData("https://huggingface.co/org/name")]
    public async Task No_repository(string id)
    {
        using var hub = new ModelHub(new ModelHubOptions(_ => null) { CacheFolder = folder.Path, IsOffline = true });
        var error = await Assert.ThrowsAsync<ArgumentException>(() => hub.DownloadAsync(id));
        Assert.Equal($"A model must be a folder that exists or a repository such as 'org/name'; was '{id}'. (Parameter 'repository')", error.Message);
    }

    [Theory]
    [InlineData("main")]
    [InlineData("v1.0")]
    [InlineData("refs/pr/1")]
    [InlineData("feature/a_b-c+d@e=f")]
    public void A_revision(string revision) => Assert.True(HubNames.IsRevision(revision));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../main")]
    [InlineData("a/../../b")]
    [InlineData("/main")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a\\b")]
    [InlineData("c:b")]
    [InlineData("a b")]
    [InlineData("a?b")]
    [InlineData("main.")]
    public async Task No_revision(string revision)
    {
        using var hub = new ModelHub(new ModelHubOptions(_ => null) { CacheFolder = folder.Path, IsOffline = true });
        var error = await Assert.ThrowsAsync<ArgumentException>(() => hub.DownloadAsync("org/name", revision));
        Assert.Equal($"A revision must be a branch, a tag or a commit; was '{revision}'. (Parameter 'revision')", error.Message);
    }

    [Theory]
    [InlineData("config.json", "config.json", true)]
    [InlineData("Config.json", "config.json", false)]
    [InlineData("config.json.bak", "config.json", false)]
    [InlineData("model-00001-of-00002.safetensors", "model-*.safetensors", true)]
    [InlineData("a/model-1.safetensors", "model-*.safetensors", false)]
    [InlineData("model-a/b.safetensors", "model-*.safetensors", false)]
    [InlineData("a/b.json", "*/*.json", true)]
    [InlineData("a/b/c.json", "*/*.json", false)]
    [InlineData("ab", "a?", true)]
    [InlineData("a/", "a?", false)]
    [InlineData("abc", "a?", false)]
    public void Patterns_stay_within_one_name(string name, string pattern, bool matches) => Assert.Equal(matches, HubNames.Matches(name, ["-", pattern]));

    public void Dispose() => folder.Dispose();
}
