namespace Alignment.Data;

/// <summary>Prompts and the responses that go on from them, as ids. Every method gives null where <see cref="RowNotes.Cause"/> says why.</summary>
/// <remarks>
/// A response is what the ids of prompt and response together have after those of the prompt alone, as a policy will read it. Where the prompt's
/// are not the beginning of the whole, since a token spans the border, the response is encoded apart.
/// </remarks>
internal sealed class PromptedResponses(ITokenizer tokenizer, int endId, PlainRows plain, ChatRows chat)
{
    private const int LongestEnd = 4;   // an end of turn and the tokens of white space that a template writes after it

    public RowPrompt? Prompt(Transcript prompt, RowNotes notes)
    {
        var encoded = PromptOrEmpty(prompt, notes);
        if (encoded is not { Ids.Length: 0 }) return encoded;
        notes.Drop(DropCause.EmptyPrompt, "A prompt must have at least one token; without a format and a begin token it can't be empty.");
        return null;
    }

    public RowPrompt? PromptOrEmpty(Transcript prompt, RowNotes notes)
    {
        var form = Form(prompt);
        if (form.Prompt(prompt, notes) is not var (text, messages)) return null;
        int[] ids = [.. form.Begin, .. form.Ids(text, notes)];
        Begun(form, ids, notes);
        return new RowPrompt(messages, text, ids);
    }

    public int[]? Response(RowPrompt prompt, Transcript response, RowNotes notes)
    {
        RowText form = prompt.Messages is null ? plain : chat;
        if (form.Whole(prompt, response, notes) is not { } text) return null;
        var own = prompt.Ids.AsSpan(form.Begin.Length);
        int[] whole = [.. form.Ids(text, notes)];
        var ids = whole.AsSpan().StartsWith(own) ? whole[own.Length..] : Apart(form, text[prompt.Text.Length..], notes);
        if (ids.Length == 0)
        {
            notes.Drop(DropCause.EmptyResponse, "A response must add at least one token to its prompt.");
            return null;
        }
        if (form.NeedsEnd) return [.. ids, endId];
        if (!IsTerminated(ids)) notes.UnterminatedResponses++;
        return ids;
    }

    /// <summary>Prompt and response as one conversation.</summary>
    /// <param name="demonstration">Chat messages.</param>
    /// <param name="findsAssistant">Whether the mask is wanted of what the assistant says, or else all is inside.</param>
    /// <param name="notes">Hears what happens.</param>
    public (int[] Ids, bool[] Mask)? Conversation(Demonstration demonstration, bool findsAssistant, RowNotes notes)
    {
        if (chat.Conversation(demonstration.Prompt, demonstration.Response, findsAssistant, notes) is not var (text, spans)) return null;
        var (ids, mask) = MaskedIds.Of(text, spans, part => chat.Ids(part, notes), notes);
        (ids, mask) = ([.. chat.Begin, .. ids], [.. chat.Begin.Select(_ => false), .. mask]);
        Begun(chat, ids, notes);
        if (!IsTerminated(ids.AsSpan(0, Array.LastIndexOf(mask, true) + 1))) notes.UnterminatedResponses++;
        return (ids, mask);
    }

    private RowText Form(Transcript prompt) => prompt.IsConversational ? chat : plain;

    private void Begun(RowText form, int[] ids, RowNotes notes)
    {
        BeginToken.RequireOne(ids, tokenizer, notes);
        if (form.Begin.Length > 0) notes.BeginTokens++;
    }

    private static int[] Apart(RowText form, string response, RowNotes notes)
    {
        notes.SplitBorders++;
        return [.. form.Ids(response, notes)];
    }

    // Whether a special token ends it, white space behind it aside: the end token, or a template's own such as <|eot_id|>.
    private bool IsTerminated(ReadOnlySpan<int> ids)
    {
        for (var i = ids.Length - 1; i >= Math.Max(0, ids.Length - LongestEnd); i--)
        {
            if (ids[i] == endId) return true;
            var text = tokenizer.Decode([ids[i]], skipSpecialTokens: true);
            if (text.Length == 0) return true;
            if (!string.IsNullOrWhiteSpace(text)) return false;
        }
        return false;
    }
}
