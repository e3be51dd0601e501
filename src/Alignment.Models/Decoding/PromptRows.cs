using System.Globalization;

namespace Alignment.Models;

/// <summary>The numbers of a batch of prompts, one after another without padding, and their places left- and right-aligned.</summary>
internal sealed class PromptRows
{
    private PromptRows(IReadOnlyList<IReadOnlyList<int>> prompts)
    {
        Lengths = [.. prompts.Select(prompt => (long)prompt.Count)];
        Longest = (int)Lengths.Max();
        Tokens = [.. prompts.SelectMany(prompt => prompt).Select(id => (long)id)];
        Positions = [.. prompts.SelectMany(prompt => Enumerable.Range(0, prompt.Count)).Select(position => (long)position)];
        Left = new long[Count * Longest];
        Right = new long[Count * Longest];
        Owner = new long[Tokens.Length];
        Last = new long[Count];
        for (int s = 0, first = 0; s < Count; first += prompts[s++].Count)
        {
            var pad = Longest - prompts[s].Count;
            for (var t = 0; t < prompts[s].Count; t++)
            {
                Left[s * Longest + t] = Right[s * Longest + pad + t] = first + t;
                Owner[first + t] = s * Longest + t;
            }
            Last[s] = first + prompts[s].Count - 1;
        }
    }

    /// <summary>S, the number of prompts.</summary>
    public int Count => Lengths.Length;

    /// <summary>Length of each prompt, <c>[S]</c>.</summary>
    public long[] Lengths { get; }

    /// <summary>L, the length of the longest prompt.</summary>
    public int Longest { get; }

    /// <summary>Ids, <c>[N]</c>.</summary>
    public long[] Tokens { get; }

    /// <summary>Place of each token in its prompt, <c>[N]</c>.</summary>
    public long[] Positions { get; }

    /// <summary>Row of each place with prompts aligned at the left, <c>[S * L]</c>; padding repeats row 0.</summary>
    public long[] Left { get; }

    /// <summary>Row of each place with prompts aligned at the right, <c>[S * L]</c>; padding repeats row 0.</summary>
    public long[] Right { get; }

    /// <summary>Left-aligned place of each row, <c>[N]</c>.</summary>
    public long[] Owner { get; }

    /// <summary>Row of the last token of each prompt, <c>[S]</c>.</summary>
    public long[] Last { get; }

    public static PromptRows Checked(IReadOnlyList<IReadOnlyList<int>> prompts, int vocabularySize)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        if (prompts.Count == 0) throw new ArgumentException("prompts must hold at least one prompt.", nameof(prompts));
        for (var s = 0; s < prompts.Count; s++)
        {
            if (prompts[s] is not { Count: > 0 })
                throw new ArgumentException(Text($"prompts[{s}] must hold at least one token id."), nameof(prompts));
            foreach (var id in prompts[s])
                if (id < 0 || id >= vocabularySize)
                    throw new ArgumentException(Text($"prompts[{s}] must hold ids from 0 to {vocabularySize - 1}; held {id}."), nameof(prompts));
        }
        return new PromptRows(prompts);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
