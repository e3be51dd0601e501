namespace SampleData;

/// <summary>What one should know of the rows before training on them.</summary>
internal static class Report
{
    public static void Write(TextWriter output, string set, IReadOnlyList<Pair> pairs, SampleTokenizer tokenizer)
    {
        var lengths = pairs.Select(pair => (
            Prompt: tokenizer.CountTokens(pair.Prompt),
            Chosen: tokenizer.CountTokens(pair.Chosen),
            Rejected: tokenizer.CountTokens(pair.Rejected))).ToList();
        output.WriteLine($"{set}: {pairs.Count} pairs, {Sentences(pairs, pair => pair.Chosen)} different sentences in chosen, "
            + $"{Sentences(pairs, pair => pair.Rejected)} in rejected");
        output.WriteLine($"  tokens, median and most: prompt {Spread(lengths.Select(length => length.Prompt))}, "
            + $"chosen {Spread(lengths.Select(length => length.Chosen))}, rejected {Spread(lengths.Select(length => length.Rejected))}");
        output.WriteLine(FormattableString.Invariant(
            $"  chosen longer than rejected (ties half): {lengths.Average(length => (Math.Sign(length.Chosen - length.Rejected) + 1) / 2.0):0.000}"));
    }

    private static int Sentences(IEnumerable<Pair> pairs, Func<Pair, string> answer) =>
        pairs.SelectMany(pair => answer(pair).Split(". ")).Select(sentence => sentence.TrimEnd('.')).Distinct().Count();

    private static string Spread(IEnumerable<int> lengths) => lengths.Order().ToArray() is var sorted ? $"{sorted[sorted.Length / 2]} and {sorted[^1]}" : "";
}
