namespace Alignment.Data;

/// <summary>Rows to ids, without counting them: every method gives null where <see cref="RowNotes.Cause"/> says why.</summary>
internal sealed class RowEncoder
{
    private readonly TrainOn _trainOn;
    private readonly PromptedResponses _responses;
    private readonly LengthRule _length;

    /// <exception cref="ArgumentException">The tokenizer lacks a token that the options need, or options contradict one another.</exception>
    public RowEncoder(ITokenizer tokenizer, EncodingOptions options)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        var endId = tokenizer.EndId ?? throw new ArgumentException(
            "The tokenizer must name an end token (eos_token in tokenizer_config.json), or no response would ever learn to end.", nameof(tokenizer));
        if (options is { TrainOn: TrainOn.AssistantMessages, Template: not (null or ChatTemplate) })
            throw new ArgumentException(
                $"TrainOn = AssistantMessages needs a ChatTemplate, which tells what the assistant says; Template is a {options.Template.GetType().Name}.",
                nameof(options));
        _trainOn = options.TrainOn;
        var spelled = new SpelledTokens(tokenizer);
        _responses = new PromptedResponses(tokenizer, endId, new PlainRows(tokenizer, options, spelled, endId), new ChatRows(tokenizer, options, spelled));
        _length = new LengthRule(options.MaxLength, options.OverLength, tokenizer.BeginId);
    }

    public TokenizedPair? Pair(PreferencePair pair, RowNotes notes)
    {
        if (_responses.Prompt(pair.Prompt, notes) is not { } prompt) return null;
        if (_responses.Response(prompt, pair.Chosen, notes) is not { } chosen) return null;
        if (_responses.Response(prompt, pair.Rejected, notes) is not { } rejected) return null;
        var ids = prompt.Ids;
        int[][] responses = [chosen, rejected];
        if (!_length.Fit(ref ids, responses, [DropCause.ChosenTooLong, DropCause.RejectedTooLong], notes)) return null;
        if (responses[0].AsSpan().SequenceEqual(responses[1]))
        {
            notes.Drop(DropCause.IdenticalResponses, "Chosen and rejected response must differ; they came to the same tokens.");
            return null;
        }
        (notes.PromptTokens, notes.ChosenTokens, notes.RejectedTokens) = (ids.Length, responses[0].Length, responses[1].Length);
        return new TokenizedPair(ids, responses[0], responses[1]) { Margin = pair.Margin, Weight = pair.Weight, Id = pair.Id, Source = pair.Source };
    }

    public TokenizedResponse? Judged(UnpairedResponse judged, RowNotes notes)
    {
        if (Whole(judged.Prompt, judged.Response, notes) is not { } row || !Fit(ref row, notes)) return null;
        return new TokenizedResponse(row.Prompt, row.Response, judged.IsDesirable) { Weight = judged.Weight, Id = judged.Id, Source = judged.Source };
    }

    public TokenizedExample? Example(Demonstration demonstration, RowNotes notes)
    {
        var (prompt, response) = (demonstration.Prompt, demonstration.Response);
        var encoded = (_trainOn, prompt.IsConversational) switch
        {
            (TrainOn.Everything, false) => Text(prompt, response, notes),
            (TrainOn.Everything, true) => Conversation(demonstration, findsAssistant: false, notes),
            (TrainOn.AssistantMessages, true) => Conversation(demonstration, findsAssistant: true, notes),
            _ => Whole(prompt, response, notes),
        };
        if (encoded is not { } row || !Fit(ref row, notes)) return null;
        return new TokenizedExample(row.Prompt, row.Response)
        {
            Mask = row.Mask,
            Weight = demonstration.Weight,
            Id = demonstration.Id,
            Source = demonstration.Source,
        };
    }

    public TokenizedPrompt? Prompt(PromptOnly record, RowNotes notes)
    {
        if (_responses.Prompt(record.Prompt, notes) is not { } prompt) return null;
        var ids = prompt.Ids;
        if (!_length.FitAlone(ref ids, notes)) return null;
        notes.PromptTokens = ids.Length;
        return new TokenizedPrompt(ids) { Id = record.Id, Source = record.Source };
    }

    private Row? Whole(Transcript prompt, Transcript response, RowNotes notes) =>
        _responses.Prompt(prompt, notes) is { } encoded && _responses.Response(encoded, response, notes) is { } ids ? new Row(encoded.Ids, ids, null) : null;

    // Plain text, of which all is learnt that can be predicted; here the prompt may be empty.
    private Row? Text(Transcript prompt, Transcript response, RowNotes notes) =>
        _responses.PromptOrEmpty(prompt, notes) is { } encoded && _responses.Response(encoded, response, notes) is { } ids
            ? Row.Of([.. encoded.Ids, .. ids], firstTrained: 1, null)
            : null;

    private Row? Conversation(Demonstration demonstration, bool findsAssistant, RowNotes notes)
    {
        if (_responses.Conversation(demonstration, findsAssistant, notes) is not var (ids, mask)) return null;
        var first = ids.Length > 1 ? Array.IndexOf(mask, true, startIndex: 1) : -1;   // nothing predicts the token before
        if (first > 0) return Row.Of(ids, first, mask);
        notes.Drop(DropCause.NothingTrained, "A conversation must hold something of the assistant that can be learnt; its template wrote nothing of it.");
        return null;
    }

    private bool Fit(ref Row row, RowNotes notes)
    {
        var prompt = row.Prompt;
        int[][] responses = [row.Response];
        if (!_length.Fit(ref prompt, responses, [DropCause.ResponseTooLong], notes)) return false;
        var mask = row.Mask?[..responses[0].Length];   // never without a token that counts: the first of a response does
        var trained = mask?.Count(counts => counts) ?? responses[0].Length;
        row = new Row(prompt, responses[0], trained == responses[0].Length ? null : mask);
        (notes.PromptTokens, notes.ResponseTokens, notes.TrainedTokens) = (prompt.Length, responses[0].Length, trained);
        return true;
    }

    private sealed record Row(int[] Prompt, int[] Response, bool[]? Mask)
    {
        public static Row Of(int[] ids, int firstTrained, bool[]? mask) => new(ids[..firstTrained], ids[firstTrained..], mask?[firstTrained..]);
    }
}
