namespace Alignment.Tests.Pencil;

public sealed class TokenLayoutTests
{
    // Two pairs: prompt 3, chosen 2, rejected 1 and prompt 1, chosen 1, rejected 2.
    private static readonly TokenizedPair[] Pairs =
    [
        new([10, 11, 12], [20, 21], [30]),
        new([13], [22], [31, 32]),
    ];

    [Fact]
    public void A_shared_prompt_is_stored_once()
    {
        using var layout = TokenLayout.Of(Pairs);
        Assert.Equal([10L, 11, 12, 20, 21, 30, 13, 22, 31, 32], layout.Tokens.data<long>().ToArray());
        Assert.Equal([0L, 1, 2, 3, 4, 3, 0, 1, 1, 2], layout.Positions.data<long>().ToArray());
        Assert.Equal((10, 4, 5, 6), (layout.TokenCount, layout.SequenceCount, layout.MaxLength, layout.ResponseTokenCount));
    }

    [Fact]
    public void Each_response_token_is_predicted_by_the_row_before_it()
    {
        using var layout = TokenLayout.Of(Pairs);
        // Row 2 is the end of the first prompt: it predicts the first token of both responses. Row 6 is the second prompt.
        Assert.Equal([2L, 3, 2, 6, 6, 8], layout.Sources.data<long>().ToArray());
        Assert.Equal([20L, 21, 30, 22, 31, 32], layout.Targets.data<long>().ToArray());
        Assert.Equal([0L, 0, 1, 2, 3, 3], layout.SequenceIds.data<long>().ToArray());
        Assert.Equal([2, 1, 1, 2], layout.ResponseLengths);
    }

    [Fact]
    public void Sequences_gather_their_rows_and_every_row_has_one_owner()
    {
        using var layout = TokenLayout.Of(Pairs);
        Assert.Equal(
            [
                0L, 1, 2, 3, 4,  // chosen of pair 0
                0, 1, 2, 5, 0,   // rejected of pair 0, padded with row 0
                6, 7, 0, 0, 0,
                6, 8, 9, 0, 0,
            ],
            layout.Gather.data<long>().ToArray());
        Assert.Equal([5L, 6, 7, 3, 4, 8, 15, 11, 16, 17], layout.Owner.data<long>().ToArray());
    }

    [Fact]
    public void Examples_are_one_sequence_each()
    {
        using var layout = TokenLayout.Of([new TokenizedExample([1, 2], [3]), new TokenizedExample([4], [5, 6])]);
        Assert.Equal([1L, 2, 3, 4, 5, 6], layout.Tokens.data<long>().ToArray());
        Assert.Equal([1L, 3, 4], layout.Sources.data<long>().ToArray());
        Assert.Equal([0L, 1, 1], layout.SequenceIds.data<long>().ToArray());
    }

    [Fact]
    public void An_empty_batch_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => TokenLayout.Of(Array.Empty<TokenizedPair>()));
        Assert.Equal("pairs must hold at least one element. (Parameter 'pairs')", error.Message);
    }

    [Fact]
    public void A_pair_needs_a_prompt_and_two_responses()
    {
        Assert.Equal("chosen must hold at least one token id. (Parameter 'chosen')", Assert.Throws<ArgumentException>(() => new TokenizedPair([1], [], [2])).Message);
        Assert.Equal("prompt must hold ids of 0 or greater; prompt[1] was -100. (Parameter 'prompt')", Assert.Throws<ArgumentException>(() => new TokenizedPair([1, -100], [2], [2])).Message);
    }

    [Fact]
    public void An_id_outside_the_vocabulary_is_refused_before_any_native_call()
    {
        using var layout = TokenLayout.Of(Pairs);
        var error = Assert.Throws<ArgumentException>(() => layout.RequireVocabulary(32));
        Assert.Equal("Token ids must be below the model's vocabulary of 32; the largest was 32. Do tokenizer and model belong together?", error.Message);
        layout.RequireVocabulary(33);
    }
}
