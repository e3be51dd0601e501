using System.Text;

namespace Alignment.Generation;

/// <summary>The text of one response as its tokens come: what is certain is given out, what may still change is held back.</summary>
/// <remarks>
/// A character may be spread over several tokens, and the text of a token may depend on those before it, so all tokens are decoded together each
/// time: microseconds beside the milliseconds of a step.
/// </remarks>
internal sealed class TextRow(ITokenizer tokenizer, IReadOnlyList<string> stopTexts)
{
    private const char Unfinished = '\uFFFD';   // what a tokenizer makes of bytes that are no character yet

    private readonly List<int> ids = [];
    private readonly StringBuilder given = new();
    private readonly int longestStop = stopTexts.Select(text => text.Length).DefaultIfEmpty(0).Max();

    /// <summary>All text that was given out.</summary>
    public string Text => given.ToString();

    /// <summary>Adds a token.</summary>
    /// <param name="token">The token; one that stops the response adds no text.</param>
    /// <returns>The text that is certain now, and whether a stop text ends it.</returns>
    public (string More, bool IsStopped) Add(GeneratedToken token)
    {
        if (token.Finish != FinishReason.StopToken) ids.Add(token.Id);
        var text = tokenizer.Decode(ids, skipSpecialTokens: true);
        var stop = FirstStop(text);
        if (stop >= 0) return (Give(text, stop), true);
        return (Give(text, token.Finish is null ? Certain(text) : text.Length), false);
    }

    private string Give(string text, int end)
    {
        if (end <= given.Length) return "";
        var more = text[given.Length..end];
        given.Append(more);
        return more;
    }

    // What was given out holds no beginning of a stop text, so one can only begin behind it.
    private int FirstStop(string text)
    {
        var first = -1;
        foreach (var stop in stopTexts)
        {
            var found = given.Length < text.Length ? text.IndexOf(stop, given.Length, StringComparison.Ordinal) : -1;
            if (found >= 0 && (first < 0 || found < first)) first = found;
        }
        return first;
    }

    // Up to bytes that may become a character and to the earliest beginning of what may become a stop text.
    private int Certain(string text)
    {
        var end = text.Length;
        while (end > 0 && text[end - 1] == Unfinished) end--;
        for (var start = Math.Max(given.Length, end - longestStop + 1); start < end; start++)
            foreach (var stop in stopTexts)
                if (stop.AsSpan().StartsWith(text.AsSpan(start, end - start), StringComparison.Ordinal)) return start;
        return end;
    }
}
