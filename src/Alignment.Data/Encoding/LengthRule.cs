using System.Globalization;

namespace Alignment.Data;

/// <summary>Holds rows to the longest sequence that is allowed.</summary>
internal sealed class LengthRule(int? maxLength, OverLength rule, int? beginId)
{
    /// <summary>Cuts a prompt and its responses to the limit, or leaves the row out.</summary>
    /// <param name="prompt">The prompt, which all responses share.</param>
    /// <param name="responses">One or two.</param>
    /// <param name="causes">What it is where the response of this index is too long.</param>
    /// <param name="notes">Hears of cuts.</param>
    /// <returns>Whether the row stays.</returns>
    public bool Fit(ref int[] prompt, int[][] responses, ReadOnlySpan<DropCause> causes, RowNotes notes)
    {
        if (maxLength is not { } most || prompt.Length + responses.Max(response => response.Length) <= most) return true;
        return rule switch
        {
            OverLength.CutResponseEnd => CutEnds(prompt, responses, most, notes),
            OverLength.CutPromptStart => CutStart(ref prompt, responses, causes, most, notes),
            _ => TooLong(prompt, responses, causes, most, notes),
        };
    }

    /// <summary>Cuts a prompt that stands alone to the limit, or leaves the row out.</summary>
    public bool FitAlone(ref int[] prompt, RowNotes notes)
    {
        if (maxLength is not { } most || prompt.Length <= most) return true;
        if (rule == OverLength.CutPromptStart)
        {
            prompt = End(prompt, most);
            notes.CutPrompts++;
            return true;
        }
        return Out(DropCause.PromptTooLong, $"A prompt must have at most MaxLength = {most} tokens; it has {prompt.Length}.", notes);
    }

    private bool CutEnds(int[] prompt, int[][] responses, int most, RowNotes notes)
    {
        if (prompt.Length >= most) return NoRoom(prompt, most, notes);
        for (var i = 0; i < responses.Length; i++)
        {
            if (prompt.Length + responses[i].Length <= most) continue;
            responses[i] = responses[i][..(most - prompt.Length)];
            notes.CutResponses++;
        }
        return true;
    }

    private bool CutStart(ref int[] prompt, int[][] responses, ReadOnlySpan<DropCause> causes, int most, RowNotes notes)
    {
        var least = BeginsWithToken(prompt) && prompt.Length > 1 ? 2 : 1;   // a begin token alone is no prompt
        for (var i = 0; i < responses.Length; i++)
        {
            var length = responses[i].Length;
            if (least + length > most)
                return Out(causes[i], $"A response must leave room for a token of its prompt within MaxLength = {most}; it has {length} tokens.", notes);
        }
        prompt = End(prompt, most - responses.Max(response => response.Length));
        notes.CutPrompts++;
        return true;
    }

    private bool TooLong(int[] prompt, int[][] responses, ReadOnlySpan<DropCause> causes, int most, RowNotes notes)
    {
        if (prompt.Length >= most) return NoRoom(prompt, most, notes);
        var first = Array.FindIndex(responses, response => prompt.Length + response.Length > most);
        return Out(causes[first],
            $"Prompt and response must have at most MaxLength = {most} tokens; they have {prompt.Length} + {responses[first].Length}.", notes);
    }

    private bool NoRoom(int[] prompt, int most, RowNotes notes) =>
        Out(DropCause.PromptTooLong, $"A prompt must leave room for its response within MaxLength = {most}; it has {prompt.Length} tokens.", notes);

    private bool Out(DropCause cause, FormattableString reason, RowNotes notes)
    {
        var text = reason.ToString(CultureInfo.InvariantCulture);
        if (rule == OverLength.Fail) throw notes.Error(text);
        notes.Drop(cause, text);
        return false;
    }

    private int[] End(int[] prompt, int room) => BeginsWithToken(prompt) ? [prompt[0], .. prompt[^(room - 1)..]] : prompt[^room..];

    private bool BeginsWithToken(int[] prompt) => prompt[0] == beginId;
}
