using System.Globalization;

namespace Alignment.Data;

/// <summary>What an encoder has seen and done so far: what was left out, cut or changed, and how many tokens it came to.</summary>
public sealed record EncodingCounts
{
    /// <summary>Rows given to the encoder.</summary>
    public long Rows { get; init; }

    /// <summary>Rows that became tokens.</summary>
    public long Encoded { get; init; }

    /// <summary>Rows left out by cause; a cause that did not occur is absent.</summary>
    public IReadOnlyDictionary<DropCause, long> DroppedByCause { get; init; } = new Dictionary<DropCause, long>();

    /// <summary>Rows left out.</summary>
    public long Dropped => DroppedByCause.Values.Sum();

    /// <summary>Responses cut at their end by <see cref="OverLength.CutResponseEnd"/>; each lost its end token.</summary>
    public long CutResponses { get; init; }

    /// <summary>Prompts cut at their start by <see cref="OverLength.CutPromptStart"/>.</summary>
    public long CutPrompts { get; init; }

    /// <summary>Responses encoded apart from their prompt, because a token would have spanned the border.</summary>
    public long SplitBorders { get; init; }

    /// <summary>Begin tokens that the encoder put before a row; those that a template writes are not among them.</summary>
    public long BeginTokens { get; init; }

    /// <summary>Rows whose text spells a special token, which stayed plain text.</summary>
    public long RowsSpellingSpecialTokens { get; init; }

    /// <summary>Plain responses that spelled the end token at their end; it became their one end token.</summary>
    public long SpelledEnds { get; init; }

    /// <summary>
    /// Responses that teach no end: the template writes no special token after them. Such a model goes on and on. Responses that lost their
    /// end by a cut are not among them.
    /// </summary>
    public long UnterminatedResponses { get; init; }

    /// <summary>Tokens of prompts; a prompt that two responses share counts once.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Tokens of chosen responses.</summary>
    public long ChosenTokens { get; init; }

    /// <summary>Tokens of rejected responses.</summary>
    public long RejectedTokens { get; init; }

    /// <summary>Tokens of the responses of records that have one.</summary>
    public long ResponseTokens { get; init; }

    /// <summary>Of <see cref="ResponseTokens"/>, those that are learnt.</summary>
    public long TrainedTokens { get; init; }

    /// <summary>One line, with what is not 0.</summary>
    public override string ToString()
    {
        var causes = string.Join(", ", DroppedByCause.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key} {Number(entry.Value)}"));
        return string.Join("; ", ((string?[])
        [
            $"{Number(Rows)} rows, {Number(Encoded)} encoded",
            Dropped == 0 ? null : $"{Number(Dropped)} dropped ({causes})",
            Part(CutResponses, "responses cut at their end"),
            Part(CutPrompts, "prompts cut at their start"),
            Part(SplitBorders, "borders split"),
            Part(BeginTokens, "begin tokens added"),
            Part(RowsSpellingSpecialTokens, "rows that spell special tokens"),
            Part(SpelledEnds, "end tokens spelled"),
            Part(UnterminatedResponses, "responses without end"),
            Part(PromptTokens, "prompt tokens"),
            Part(ChosenTokens, "chosen tokens"),
            Part(RejectedTokens, "rejected tokens"),
            Part(ResponseTokens, "response tokens"),
            ResponseTokens == TrainedTokens ? null : Part(TrainedTokens, "of them trained"),
        ]).OfType<string>());
    }

    private static string? Part(long value, string what) => value == 0 ? null : $"{Number(value)} {what}";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
