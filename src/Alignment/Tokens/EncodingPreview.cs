using System.Text;

namespace Alignment;

/// <summary>A tokenized row decoded again, with what a model learns of it marked: what one looks at before a run, since ids hide every mistake.</summary>
/// <remarks>A character that is spread over the border of two parts stands in the later one. Prompts and responses may hold what must not be logged.</remarks>
public sealed class EncodingPreview
{
    private EncodingPreview(IReadOnlyList<PreviewSequence> sequences) => Sequences = sequences;

    /// <summary>The sequences of the row: one, or two for a pair.</summary>
    public IReadOnlyList<PreviewSequence> Sequences { get; }

    /// <summary>Decodes a pair.</summary>
    /// <param name="row">The row.</param>
    /// <param name="tokenizer">The tokenizer that encoded it.</param>
    public static EncodingPreview Of(TokenizedPair row, ITokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(tokenizer);
        return new([Sequence("chosen", row.Prompt, row.Chosen, null, tokenizer), Sequence("rejected", row.Prompt, row.Rejected, null, tokenizer)]);
    }

    /// <summary>Decodes an example.</summary>
    /// <param name="row">The row.</param>
    /// <param name="tokenizer">The tokenizer that encoded it.</param>
    public static EncodingPreview Of(TokenizedExample row, ITokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(tokenizer);
        return new([Sequence("response", row.Prompt, row.Response, row.Mask, tokenizer)]);
    }

    /// <summary>Decodes a judged response.</summary>
    /// <param name="row">The row.</param>
    /// <param name="tokenizer">The tokenizer that encoded it.</param>
    public static EncodingPreview Of(TokenizedResponse row, ITokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(tokenizer);
        return new([Sequence(row.IsDesirable ? "desirable" : "undesirable", row.Prompt, row.Response, null, tokenizer)]);
    }

    /// <summary>Decodes a prompt, of which nothing is trained.</summary>
    /// <param name="row">The row.</param>
    /// <param name="tokenizer">The tokenizer that encoded it.</param>
    public static EncodingPreview Of(TokenizedPrompt row, ITokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(tokenizer);
        return new([Sequence("prompt", row.Ids, [], null, tokenizer)]);
    }

    /// <summary>The sequences, each under its name, with <c>⟦ ⟧</c> around what is trained.</summary>
    public override string ToString() => string.Join('\n', Sequences.Select(sequence => $"{sequence.Name}: {sequence.Markup}"));

    // One decoder goes over the whole sequence, so that a space that a tokenizer puts before a text is not put before each part.
    private static PreviewSequence Sequence(
        string name, IReadOnlyList<int> prompt, IReadOnlyList<int> response, IReadOnlyList<bool>? mask, ITokenizer tokenizer)
    {
        var decoder = tokenizer.StartDecoding();
        var spans = new List<PreviewSpan>();
        var (text, isTrained, tokens) = (new StringBuilder(), false, 0);
        for (var t = 0; t < prompt.Count + response.Count; t++)
        {
            var inResponse = t - prompt.Count;
            if ((inResponse >= 0 && (mask is null || mask[inResponse])) != isTrained) End();
            text.Append(decoder.Append(inResponse < 0 ? prompt[t] : response[inResponse]));
            tokens++;
        }
        text.Append(decoder.Finish());
        End();
        return new PreviewSequence(name, spans);

        void End()
        {
            if (tokens > 0) spans.Add(new PreviewSpan(text.ToString(), isTrained, tokens));
            text.Clear();
            (isTrained, tokens) = (!isTrained, 0);
        }
    }
}
