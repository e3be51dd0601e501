using System.Globalization;
using System.Runtime.CompilerServices;

namespace Alignment.Data;

/// <summary>Finds the prompt of pairs that hold it implicitly: as the beginning that the chosen and the rejected text or conversation share.</summary>
/// <remarks>
/// The rule is that of TRL's <c>extract_prompt</c>. Of messages, the prompt is those before the first difference. Of texts it is the
/// characters before the first difference, without one space at its end, which goes to the responses. Where one is the beginning of the
/// other, the last character or message of the shorter one stays a response. Characters are whole code points, as in Python.
/// </remarks>
public static class PromptExtraction
{
    /// <summary>Takes the shared beginning off a chosen and a rejected transcript.</summary>
    /// <param name="chosen">Prompt and chosen response together.</param>
    /// <param name="rejected">Prompt and rejected response together, of the same kind.</param>
    /// <returns>
    /// The pair. The prompt of texts may be empty; null where conversations differ in their first message already, since there is no
    /// conversation without messages.
    /// </returns>
    /// <exception cref="ArgumentException">One is text and the other a conversation.</exception>
    public static PreferencePair? Extract(Transcript chosen, Transcript rejected)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(rejected);
        if (chosen.IsConversational != rejected.IsConversational)
            throw new ArgumentException("The chosen and the rejected transcript must both be text or both be conversations.", nameof(rejected));
        if (!chosen.IsConversational)
        {
            var length = SharedLength(chosen.Text, rejected.Text!);
            return new PreferencePair(chosen.Text[..length], chosen.Text[length..], rejected.Text![length..]);
        }
        var count = SharedCount(chosen.Messages, rejected.Messages!);
        return count == 0 ? null : new PreferencePair(
            new Transcript([.. chosen.Messages.Take(count)]),
            new Transcript([.. chosen.Messages.Skip(count)]),
            new Transcript([.. rejected.Messages!.Skip(count)]));
    }

    /// <summary>Makes implicit prompts explicit: in pairs whose prompt is the empty text. Other pairs stay as they are.</summary>
    /// <param name="pairs">The pairs. Margin, weight, id and source are kept.</param>
    /// <param name="cancellationToken">Ends the stream by an exception.</param>
    /// <exception cref="DataFormatException">The conversations of a pair share no message, or one of the two is text; the message names the row.</exception>
    public static async IAsyncEnumerable<PreferencePair> ExtractPrompt(
        this IAsyncEnumerable<PreferencePair> pairs, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        long row = 0;
        await foreach (var pair in pairs.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return pair.Prompt.Text is "" ? Explicit(pair, row) : pair;
            row++;
        }
    }

    private static PreferencePair Explicit(PreferencePair pair, long row)
    {
        if (pair.Chosen.IsConversational != pair.Rejected.IsConversational) throw Wrong("one of chosen and rejected is text, the other a conversation");
        var found = Extract(pair.Chosen, pair.Rejected) ?? throw Wrong("chosen and rejected differ in their first message, so that there is no prompt");
        return pair with { Prompt = found.Prompt, Chosen = found.Chosen, Rejected = found.Rejected };

        DataFormatException Wrong(string what) => new(string.Create(CultureInfo.InvariantCulture, $"Row {row}: {what}."));
    }

    private static int SharedLength(string chosen, string rejected)
    {
        var length = chosen.AsSpan().CommonPrefixLength(rejected);
        if (length == 0) return 0;
        if (length == Math.Min(chosen.Length, rejected.Length)) return LastCharacter(chosen, length);
        if (IsInsidePair(chosen, length) || IsInsidePair(rejected, length)) length--;
        // TRL takes a chosen text that ends in a space for one whose prompt does where nothing is shared; an empty prompt has no space.
        return length > 0 && chosen[length - 1] == ' ' ? length - 1 : length;
    }

    private static int LastCharacter(string text, int end) => IsInsidePair(text, end - 1) ? end - 2 : end - 1;

    private static bool IsInsidePair(string text, int at) => at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]);

    private static int SharedCount(IReadOnlyList<ChatMessage> chosen, IReadOnlyList<ChatMessage> rejected)
    {
        var shortest = Math.Min(chosen.Count, rejected.Count);
        var count = 0;
        while (count < shortest && chosen[count] == rejected[count]) count++;
        return count == shortest ? count - 1 : count;
    }
}
