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
    public void Judged_responses_are_one_sequence_each()
    {
        using var layout = TokenLayout.Of([new TokenizedResponse([1, 2], [3], true), new TokenizedResponse([4], [5, 6], false)]);
        Assert.Equal([1L, 2, 3, 4, 5, 6], layout.Tokens.data<long>().ToArray());
        Assert.Equal([2L, 5], layout.Last.data<long>().ToArray());
        Assert.Equal([1, 2], layout.ResponseLengths);
    }

    [Fact]
    public void A_token_that_a_mask_leaves_out_is_read_and_not_predicted()
    {
        using var layout = TokenLayout.Of(
        [
            new TokenizedExample([1, 2], [3, 4, 5, 6]) { Mask = [false, true, true, false] },   // rows 0 to 5; 4 is predicted at row 2, 5 at row 3
            new TokenizedExample([7], [8, 9]) { Mask = [true, false] },                         // rows 6 to 8; 8 is predicted at row 6
            new TokenizedExample([10], [11]),
        ]);
        Assert.Equal([1L, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], layout.Tokens.data<long>().ToArray());
        Assert.Equal([2L, 3, 6, 9], layout.Sources.data<long>().ToArray());
        Assert.Equal([4L, 5, 8, 11], layout.Targets.data<long>().ToArray());
        Assert.Equal([0L, 0, 1, 2], layout.SequenceIds.data<long>().ToArray());
        Assert.Equal([2, 1, 1], layout.ResponseLengths);
        Assert.Equal((4, 6), (layout.ResponseTokenCount, layout.MaxLength));
        Assert.Equal([5L, 8, 10], layout.Last.data<long>().ToArray());
    }

    [Fact]
    public void A_mask_fits_its_response_and_leaves_something_to_learn()
    {
        Assert.Equal("Mask must have one element for each of the 2 response tokens; it has 1. (Parameter 'Mask')",
            Assert.Throws<ArgumentException>(() => new TokenizedExample([1], [2, 3]) { Mask = [true] }).Message);
        Assert.Equal("Mask must be true for at least one response token, or there is nothing to learn. (Parameter 'Mask')",
            Assert.Throws<ArgumentException>(() => new TokenizedExample([1], [2, 3]) { Mask = [false, false] }).Message);
        Assert.Equal((2, 1), (new TokenizedExample([1], [2, 3]).TrainedTokenCount, new TokenizedExample([1], [2, 3]) { Mask = [false, true] }.TrainedTokenCount));
    }

    [Fact]
    public void Rows_say_what_they_weigh_and_it_must_be_a_number()
    {
        static void Refused(string rule, Action make) =>
            Assert.StartsWith(rule, Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);
        Refused("Weight must be a finite number, 0 or greater.", () => _ = new TokenizedPair([1], [2], [3]) { Weight = -1 });
        Refused("Margin must be a finite number.", () => _ = new TokenizedPair([1], [2], [3]) { Margin = double.NaN });
        Refused("Weight must be a finite number, 0 or greater.", () => _ = new TokenizedExample([1], [2]) { Weight = double.NaN });
        Refused("Weight must be a finite number, 0 or greater.", () => _ = new TokenizedResponse([1], [2], true) { Weight = -0.5 });
        Assert.Equal("ids must hold at least one token id. (Parameter 'ids')", Assert.Throws<ArgumentException>(() => new TokenizedPrompt([])).Message);
        Assert.Equal("response must hold at least one token id. (Parameter 'response')", Assert.Throws<ArgumentException>(() => new TokenizedResponse([1], [], true)).Message);
    }

    [Fact]
    public void Ids_may_come_in_any_list()
    {
        IReadOnlyList<int> Of(params int[] ids) => new System.Collections.ObjectModel.ReadOnlyCollection<int>(ids);
        using var layout = TokenLayout.Of([new TokenizedPair(Of(10, 11, 12), [.. new List<int> { 20, 21 }], Of(30))]);
        Assert.Equal([10L, 11, 12, 20, 21, 30], layout.Tokens.data<long>().ToArray());
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
