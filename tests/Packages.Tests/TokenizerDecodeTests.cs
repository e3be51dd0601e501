using System.Buffers;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Packages.Tests;

public class TokenizerDecodeTests
{
    public static TheoryData<bool> Kinds { get; } = [false, true];

    // Ids 0 to 255 are the bytes in both.
    private static Tokenizer Create(bool tiktoken)
    {
        var all = new RegexPreTokenizer(new Regex(@"[\s\S]+"), null);
        return tiktoken
            ? TiktokenTokenizer.Create(TokenizerVocabulary.Ranks(), all, normalizer: null)
            : BpeTokenizer.Create(new BpeOptions(TokenizerVocabulary.Of()) { ByteLevel = true, PreTokenizer = all });
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Tokens_that_share_a_character_are_decoded_together(bool tiktoken)
    {
        var tokenizer = Create(tiktoken);
        Assert.Equal("é🙂", tokenizer.Decode([0xC3, 0xA9, 0xF0, 0x9F, 0x99, 0x82]));
        Assert.Equal("a b\n\0\u007F", tokenizer.Decode(tokenizer.EncodeToIds("a b\n\0\u007F")));
    }

    // Unicode 16, section 3.9: one U+FFFD for each maximal part of a broken sequence.
    [Theory, MemberData(nameof(Kinds))]
    public void Bytes_that_are_no_character_become_U_FFFD(bool tiktoken)
    {
        Assert.Equal("a\uFFFDb", Create(tiktoken).Decode([97, 0x80, 98]));
        Assert.Equal("\uFFFDa", Create(tiktoken).Decode([0xE2, 0x82, 97]));
        Assert.Equal("\uFFFD\uFFFD\uFFFD", Create(tiktoken).Decode([0xED, 0xA0, 0x80]));
        Assert.Equal("\uFFFD", Create(tiktoken).Decode([0xF0, 0x9F, 0x99]));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void An_id_outside_the_vocabulary_adds_nothing(bool tiktoken)
    {
        Assert.Equal("ab", Create(tiktoken).Decode([97, 5000, -1, 98]));
        Assert.Throws<ArgumentNullException>(() => Create(tiktoken).Decode(null!));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Into_a_span_it_says_how_far_it_came(bool tiktoken)
    {
        var chars = new char[3];
        Assert.Equal(OperationStatus.Done, Create(tiktoken).Decode([97, 0xC3, 0xA9], chars, out var ids, out var written));
        Assert.Equal((3, 2, "aé"), (ids, written, new string(chars, 0, written)));

        Assert.Equal(OperationStatus.DestinationTooSmall, Create(tiktoken).Decode([97, 98, 99, 100], chars, out ids, out written));
        Assert.Equal((3, 3, "abc"), (ids, written, new string(chars)));

        Assert.Equal(OperationStatus.InvalidData, Create(tiktoken).Decode([97, 5000], chars, out ids, out written));
        Assert.Equal((1, 1), (ids, written));
        Assert.Equal(OperationStatus.InvalidData, Create(tiktoken).Decode([97, 0x80], chars, out ids, out written));
        Assert.Equal((1, 1), (ids, written));
    }

    [Fact]
    public void A_character_cut_short_at_the_end_is_not_consumed()
    {
        var chars = new char[4];
        Assert.Equal(OperationStatus.Done, Create(tiktoken: false).Decode([97, 0xC3], chars, out var ids, out var written));
        Assert.Equal((1, 1), (ids, written));
        Assert.Equal(OperationStatus.NeedMoreData, Create(tiktoken: true).Decode([97, 0xC3], chars, out ids, out written));
        Assert.Equal((1, 1), (ids, written));
    }
}
