using System.Text;

namespace Alignment.Generation;

/// <summary>The text of one response as its tokens come: what is certain is given out, what may become a stop text is held back.</summary>
internal sealed class TextRow(ITokenizer tokenizer, IReadOnlyList<string> stopTexts)
{
    private readonly IncrementalDecoder decoder = tokenizer.StartDecoding(skipSpecialTokens: true);
    private readonly StringBuilder text = new();   // whole characters, those held back too
    private readonly int longestStop = stopTexts.Select(stop => stop.Length).DefaultIfEmpty(0).Max();
    private int given;                             // characters

    /// <summary>All text that was given out.</summary>
    public string Text => text.ToString(0, given);

    /// <summary>Adds a token.</summary>
    /// <param name="token">The token; one that stops the response adds no text.</param>
    /// <returns>The text that is certain now, and whether a stop text ends it.</returns>
    public (string More, bool IsStopped) Add(GeneratedToken token)
    {
        if (token.Finish != FinishReason.StopToken) text.Append(decoder.Append(token.Id));
        if (token.Finish is not null) text.Append(decoder.Finish());
        var held = text.ToString(given, text.Length - given);
        var stop = FirstStop(held);
        if (stop >= 0) return (Give(held[..stop]), true);
        return (Give(token.Finish is null ? held[..Certain(held)] : held), false);
    }

    private string Give(string more)
    {
        given += more.Length;
        return more;
    }

    // What was given out holds no beginning of a stop text, so one can only begin behind it.
    private int FirstStop(string held)
    {
        var first = -1;
        foreach (var stop in stopTexts)
        {
            var found = held.IndexOf(stop, StringComparison.Ordinal);
            if (found >= 0 && (first < 0 || found < first)) first = found;
        }
        return first;
    }

    // Up to the earliest beginning of what may become a stop text.
    private int Certain(string held)
    {
        for (var start = Math.Max(0, held.Length - longestStop + 1); start < held.Length; start++)
            foreach (var stop in stopTexts)
                if (stop.AsSpan().StartsWith(held.AsSpan(start), StringComparison.Ordinal)) return start;
        return held.Length;
    }
}
