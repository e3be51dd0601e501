using System.Buffers;
using Microsoft.ML.Tokenizers;

namespace Packages.Tests;

/// <summary>What a tokenizer of one's own gets from the base class.</summary>
public class TokenizerSubclassTests
{
    private readonly Letters _letters = new();

    [Fact]
    public void Ids_and_counts_come_from_the_tokens()
    {
        Assert.Equal([97, 98], _letters.EncodeToIds("ab"));
        Assert.Equal([97, 98], _letters.EncodeToIds("ab".AsSpan()));
        Assert.Equal(2, _letters.CountTokens("ab"));
        Assert.Null(_letters.Normalizer);
        Assert.Null(_letters.PreTokenizer);
    }

    [Fact]
    public void Places_come_from_the_tokens_offsets()
    {
        Assert.Equal(2, _letters.GetIndexByTokenCount("abc", 2, out _, out var count));
        Assert.Equal(2, count);
        Assert.Equal(1, _letters.GetIndexByTokenCountFromEnd("abc", 2, out _, out count));
        Assert.Equal(2, count);
    }

    [Fact]
    public void A_text_grows_until_it_fits_and_a_broken_one_throws()
    {
        Assert.Equal(new string('a', 100), _letters.Decode([100_097]));   // one id, a hundred characters
        Assert.Equal("", _letters.Decode([]));
        Assert.Throws<InvalidOperationException>(() => _letters.Decode([-1]));
        Assert.Throws<ArgumentNullException>(() => _letters.Decode(null!));
    }

    [Fact]
    public void Tokens_are_equal_by_value()
    {
        Assert.True(new EncodedToken(1, "a", 0..1).Equals(new EncodedToken(1, "a", 0..1)));
        Assert.False(new EncodedToken(1, "a", 0..1).Equals(new EncodedToken(1, "a", 0..2)));
        Assert.Equal(int.MaxValue, new EncodeSettings().MaxTokenCount);
        Assert.False(new EncodeSettings().ConsiderPreTokenization);
    }

    /// <summary>One token a letter; the id c + 1000 n is n letters c.</summary>
    private sealed class Letters : Tokenizer
    {
        public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
        {
            idsConsumed = charsWritten = 0;
            foreach (var id in ids)
            {
                if (id < 0)
                    return OperationStatus.InvalidData;
                for (var i = 0; i < Math.Max(1, id / 1000); i++)
                {
                    if (charsWritten == destination.Length)
                        return OperationStatus.DestinationTooSmall;
                    destination[charsWritten++] = (char)(id % 1000);
                }

                idsConsumed++;
            }

            return OperationStatus.Done;
        }

        protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
        {
            var all = text ?? textSpan.ToString();
            return new EncodeResults<EncodedToken>
            {
                Tokens = [.. all.Take(settings.MaxTokenCount).Select((letter, i) => new EncodedToken(letter, letter.ToString(), i..(i + 1)))],
                CharsConsumed = all.Length,
            };
        }
    }
}
