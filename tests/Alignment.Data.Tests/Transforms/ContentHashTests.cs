using Alignment.Data.Transforms;

namespace Alignment.Data.Tests.Transforms;

/// <summary>
/// Values from Python: hashlib.sha256 of length-prefixed UTF-8 (struct.pack("&lt;i", ...)), the first 16 bytes; prompts after
/// unicodedata.normalize("NFC", ...) with runs of white space as one space. They never change: a change would move rows between the splits
/// of everybody's data.
/// </summary>
public sealed class ContentHashTests
{
    [Theory]
    [InlineData("Why is the sky blue?", "", "746e97502fbbd31d5c1225635e969a32")]
    [InlineData("Why is the sky blue?", "salt", "69e1c4905b1cd946ca0a014aee59108f")]
    [InlineData("", "", "da5d3ebd613b649dc5154a8f1b6b5e2c")]
    [InlineData(" Größe\u00a0 \n der 안녕 ", "", "374727bd19ea4d50d55e7ce7b0dc82a3")]
    [InlineData("Gro\u0308ße der \u110b\u1161\u11ab\u1102\u1167\u11bc", "", "374727bd19ea4d50d55e7ce7b0dc82a3")]   // the same, decomposed
    public void Of_a_prompt(string prompt, string salt, string expected) => Assert.Equal(expected, ContentHash.OfPrompt(prompt, salt).ToString("x32", null));

    [Fact]
    public void Of_a_conversation()
    {
        var hash = ContentHash.OfPrompt(new([new("system", "Be brief."), new("user", "Hi 🙂")]), "");
        Assert.Equal("d6fcd21acb5b1a984695ab716c50ec4b", hash.ToString("x32", null));
        Assert.Equal(ContentHash.OfPrompt("Hi", ""), ContentHash.OfPrompt(new([new ChatMessage("user", " Hi\n")]), ""));
        Assert.NotEqual(ContentHash.OfPrompt("Hi", ""), ContentHash.OfPrompt(new([new ChatMessage("assistant", "Hi")]), ""));
        Assert.NotEqual(ContentHash.OfPrompt("Hi", ""), ContentHash.OfPrompt("hi", ""));
    }

    [Fact]
    public void Of_records()
    {
        Assert.Equal("45607258f9abc9ccb6d06bdeffc17e16", Hash(new PreferencePair("p", "c", "r")));
        Assert.Equal("743f0180ae4d56f88a3f381489f822d6", Hash(new UnpairedResponse("p", new([new ChatMessage("assistant", "c")]), true)));
        Assert.Equal("0f0021cf92deb1faff971f0289de6ef5", Hash(new RatedResponse("p", "c", 0.5)));
        Assert.Equal("af4b98738097387d660862884582e4b3", Hash(new PromptOnly("p")));
    }

    [Fact]
    public void Everything_that_is_said_counts_and_nothing_else()
    {
        IPromptRecord[] different =
        [
            new PreferencePair("p", "c", "r"), new PreferencePair("p", "r", "c"), new PreferencePair("pc", "", "r"), new PreferencePair("p ", "c", "r"),
            new UnpairedResponse("p", "c", true), new UnpairedResponse("p", "c", false), new RatedResponse("p", "c", 1), new RatedResponse("p", "c", 2),
            new Demonstration("p", "c"), new PromptOnly("p"), new PromptOnly(new Transcript([new ChatMessage("user", "p")])),
            new PromptOnly(new Transcript([new("user", "p"), new("user", "p")])),
        ];
        Assert.Equal(different.Length, different.Select(Hash).Distinct().Count());
        Assert.Equal(Hash(new PreferencePair("p", "c", "r")), Hash(new PreferencePair("p", "c", "r") { Id = "i", Source = "s", Weight = 2, Margin = 3 }));
    }

    private static string Hash(IPromptRecord record) => ContentHash.OfRecord(record).ToString("x32", null);
}
