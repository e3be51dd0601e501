namespace Alignment.Models.Tests;

/// <summary>The variables of huggingface_hub, and values that are refused where they are written.</summary>
public sealed class ModelHubOptionsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Defaults_where_no_variable_is_set()
    {
        var options = With(("HOME", folder.Path), ("USERPROFILE", folder.Path));
        Assert.Equal("https://huggingface.co/", options.Endpoint.AbsoluteUri);
        Assert.Equal(folder.File(".cache", "huggingface", "hub"), options.CacheFolder);
        Assert.Null(options.Token);
        Assert.False(options.IsOffline);
        Assert.Contains("config.json", options.Patterns);
        Assert.False(HubNames.Matches("pytorch_model.bin", options.Patterns));
    }

    [Theory]
    [InlineData("/a", "HF_HUB_CACHE=/a", "HUGGINGFACE_HUB_CACHE=/b", "HF_HOME=/c")]
    [InlineData("/b", "HUGGINGFACE_HUB_CACHE=/b", "HF_HOME=/c")]
    [InlineData("/c/hub", "HF_HOME=/c", "XDG_CACHE_HOME=/d")]
    [InlineData("/d/huggingface/hub", "XDG_CACHE_HOME=/d", "HOME=/e")]
    [InlineData("/e/.cache/huggingface/hub", "HOME=/e")]
    [InlineData("/e/x", "HF_HUB_CACHE=~/x", "HOME=/e")]
    [InlineData("/e/hub", "HF_HOME=~", "HOME=/e")]
    public void The_cache_folder_in_the_order_of_huggingface_hub(string expected, params string[] variables) =>
        Assert.Equal(expected, With([.. variables.Select(variable => (variable.Split('=')[0], variable.Split('=')[1]))]).CacheFolder);

    [Fact]
    public void The_token_comes_from_variables_first_and_then_from_the_file_of_the_login()
    {
        folder.Write("token", "hf_file\n");
        var other = folder.Write("other", " hf_other ");
        (string, string) home = ("HF_HOME", folder.Path), path = ("HF_TOKEN_PATH", other), old = ("HUGGING_FACE_HUB_TOKEN", "hf_old");
        Assert.Equal("hf_new", With(home, path, old, ("HF_TOKEN", "hf_new\n")).Token);
        Assert.Equal("hf_old", With(home, path, old).Token);
        Assert.Equal("hf_other", With(home, path).Token);
        Assert.Equal("hf_file", With(home).Token);
        Assert.Null(With(home, old, ("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")).Token);
        folder.Write("token", "");
        Assert.Null(With(home).Token);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("Yes", true)]
    [InlineData("ON", true)]
    [InlineData("0", false)]
    [InlineData("", false)]
    public void Offline(string value, bool expected)
    {
        Assert.Equal(expected, With(("HF_HUB_OFFLINE", value)).IsOffline);
        Assert.Equal(expected, With(("TRANSFORMERS_OFFLINE", value)).IsOffline);
    }

    [Fact]
    public void The_hub_of_the_environment() => Assert.Equal("https://mirror.test/hf", With(("HF_ENDPOINT", "https://mirror.test/hf")).Endpoint.AbsoluteUri);

    [Fact]
    public void A_hub_that_is_no_address() => Assert.Equal(
        "HF_ENDPOINT must be an address such as https://huggingface.co; was 'mirror'.",
        Assert.Throws<ArgumentException>(() => With(("HF_ENDPOINT", "mirror"))).Message);

    [Theory]
    [InlineData("ftp://hub.test")]
    [InlineData("https://user:password@hub.test")]
    [InlineData("https://hub.test/?a=b")]
    [InlineData("https://hub.test/#a")]
    public void An_endpoint_that_is_refused(string address) => Assert.Equal(
        "Endpoint must be an http or https address without user, query or fragment. (Parameter 'Endpoint')",
        Assert.Throws<ArgumentException>(() => With() with { Endpoint = new Uri(address) }).Message);

    [Theory]
    [InlineData("")]
    [InlineData("hf_a b")]
    [InlineData("hf_a\r\nX-Evil: 1")]
    [InlineData("hf_ä")]
    public void A_token_that_is_no_header_is_refused_and_not_repeated(string token) => Assert.Equal(
        "Token must be made of visible ASCII characters, without spaces. (Parameter 'Token')",
        Assert.Throws<ArgumentException>(() => With() with { Token = token }).Message);

    [Fact]
    public void Numbers_out_of_range()
    {
        Refuses("Connections must be from 1 to 64.", () => With() with { Connections = 0 });
        Refuses("Retries must be from 0 to 100.", () => With() with { Retries = -1 });
        Refuses("Timeout must be greater than 0 and at most a day.", () => With() with { Timeout = TimeSpan.Zero });
        Assert.Equal(
            "Patterns must hold at least one pattern, and no empty one. (Parameter 'Patterns')",
            Assert.Throws<ArgumentException>(() => With() with { Patterns = [] }).Message);
    }

    [Fact]
    public void Text_tells_whether_there_is_a_token_and_never_which()
    {
        var options = With() with { CacheFolder = folder.Path, Token = FakeHub.Token, IsOffline = true };
        Assert.Equal($"https://huggingface.co/ in '{folder.Path}', with a token, offline", options.ToString());
        Assert.Equal($"https://huggingface.co/ in '{folder.Path}', no token", (options with { Token = null, IsOffline = false }).ToString());
    }

    public void Dispose() => folder.Dispose();

    private static void Refuses(string message, Func<ModelHubOptions> write) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(write).Message, StringComparison.Ordinal);

    private static ModelHubOptions With(params (string Name, string Value)[] variables)
    {
        var all = variables.ToDictionary();
        return new ModelHubOptions(all.GetValueOrDefault);
    }
}
