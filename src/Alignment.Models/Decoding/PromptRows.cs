using System.Globalization;

namespace Alignment.Models;

/// <summary>The numbers of a batch of prompts, one after another without padding, and their places left- and right-aligned.</summary>
internal sealed class PromptRows
{
    private PromptRows(IReadOnlyList<IReadOnlyList<int>> prompts, int samples)
    {
        Count = prompts.Count;
        Lengths = [.. prompts.SelectMany(prompt => Enumerable.Repeat((long)prompt.Count, samples))];
        Longest = (int)Lengths.Max();
        Tokens = [.. prompts.SelectMany(prompt => prompt).Select(id => (long)id)];
        Positions = [.. prompts.SelectMany(prompt => Enumerable.Range(0, prompt.Count)).Select(position => (long)position)];
        Left = new long[Count * Longest];
        Right = new long[Lengths.Length * Longest];
        Owner = new long[Tokens.Length];
        Last = new long[Lengths.Length];
        for (int s = 0, first = 0; s < Count; first += prompts[s++].Count)
        {
            var pad = Longest - prompts[s].Count;
            for (var t = 0; t < prompts[s].Count; t++)
            {
                Left[s * Longest + t] = first + t;
                Owner[first + t] = s * Longest + t;
                for (var row = s * samples; row < (s + 1) * samples; row++) Right[row * Longest + pad + t] = first + t;
            }
            Array.Fill(Last, first + prompts[s].Count - 1, s * samples, samples);
        }
    }

    /// <summary>P, the number of prompts.</summary>
    public int Count { get; }

    /// <summary>Length of the prompt of each row, <c>[S]</c>: each prompt has as many rows, one after another, as there are samples.</summary>
    public long[] Lengths { get; }

    /// <summary>L, the length of the longest prompt.</summary>
    public int Longest { get; }

    /// <summary>Ids, <c>[N]</c>.</summary>
    public long[] Tokens { get; }

    /// <summary>Place of each token in its prompt, <c>[N]</c>.</summary>
    public long[] Positions { get; }

    /// <summary>Token of each place with prompts aligned at the left, <c>[P * L]</c>; padding repeats token 0.</summary>
    public long[] Left { get; }

    /// <summary>Token of each place of each row with prompts aligned at the right, <c>[S * L]</c>; padding repeats token 0.</summary>
    public long[] Right { get; }

    /// <summary>Left-aligned place of each token, <c>[N]</c>.</summary>
    public long[] Owner { get; }

    /// <summary>Last token of the prompt of each row, <c>[S]</c>.</summary>
    public long[] Last { get; }

    public static PromptRows Checked(IReadOnlyList<IReadOnlyList<int>> prompts, int vocabularySize, int samples = 1)
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
        return new PromptRows(prompts, samples);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
