namespace Alignment.Training;

/// <summary>A judged response, and a response to another prompt that its prompt is given for the KL term.</summary>
/// <param name="Judged">The row.</param>
/// <param name="Mismatched">Ids of the other response.</param>
internal sealed record KtoRow(TokenizedResponse Judged, IReadOnlyList<int> Mismatched)
{
    /// <summary>The prompt with the other response, whose end is cut off where the model has no room: both rows fit, but not the one's prompt with the other's response.</summary>
    /// <param name="maxLength">The most tokens that the model can read.</param>
    public TokenizedResponse AsMismatched(int maxLength) =>
        new(Judged.Prompt, [.. Mismatched.Take(Math.Max(1, maxLength - Judged.Prompt.Count))], Judged.IsDesirable);

    /// <summary>Gives each row the response of the row before it, the first of a group that of the last.</summary>
    /// <remarks>
    /// Groups are as many consecutive rows of the data as a step takes, as in TRL, so that the choice depends on the data alone and not on the
    /// order in which they are learnt. Where the row before has the same prompt, as in pairs that were taken apart, its response would be no
    /// mismatch, and the nearest one before it with another prompt is taken.
    /// </remarks>
    public static KtoRow[] Of(IReadOnlyList<TokenizedResponse> rows, int groupSize)
    {
        var result = new KtoRow[rows.Count];
        for (var start = 0; start < rows.Count; start += groupSize)
        {
            var size = Math.Min(groupSize, rows.Count - start);
            for (var i = 0; i < size; i++) result[start + i] = new KtoRow(rows[start + i], Other(rows, start, size, i).Response);
        }
        return result;
    }

    private static TokenizedResponse Other(IReadOnlyList<TokenizedResponse> rows, int start, int size, int own)
    {
        for (var back = 1; back < size; back++)
        {
            var other = rows[start + (own - back + size) % size];
            if (!other.Prompt.SequenceEqual(rows[start + own].Prompt)) return other;
        }
        // A group of one prompt, such as a last row that is alone: the row before the group, whatever it is.
        return rows[start + own > 0 ? start + own - 1 : rows.Count - 1];
    }
}
