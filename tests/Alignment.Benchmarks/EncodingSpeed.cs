using System.Diagnostics;
using Alignment.Data;

namespace Alignment.Benchmarks;

/// <summary>
/// Rows a second from record to batch: tokens of 10,000 pairs, then their layouts in batches of 8. Strings first, then conversations by the
/// model's own template. TRL prepares 564 and 451 rows a second in one process on two such cores (the prompt of about 100 tokens, responses of
/// 150). "cold" is the first pass of a process, whose caches are empty; "warm" the best of those after.
/// </summary>
internal static class EncodingSpeed
{
    private const int Pairs = 10_000;
    private const int BatchSize = 8;
    private const int Rounds = 3;

    public static void Print(string folder, string[] texts)
    {
        var tokenizer = HuggingFaceTokenizer.FromPretrained(folder);
        var template = ChatTemplate.FromPretrained(folder);
        var words = texts.SelectMany(TokenizerSpeed.Texts).SelectMany(text => text.Split(' ')).Where(word => word.Length > 0).ToArray();
        if (words.Length < 1000) throw new ArgumentException("The texts must have at least 1000 words.", nameof(texts));
        Console.WriteLine($"{folder}: {Pairs} pairs from {words.Length} words");
        foreach (var isChat in (bool[])[false, true])
        {
            var pairs = Records(words, isChat);
            foreach (var threads in (int[])[1, Environment.ProcessorCount])
                Measure(isChat ? "conversations" : "strings", pairs, tokenizer, new EncodingOptions { Template = template, Threads = threads });
        }
    }

    private static void Measure(string name, PreferencePair[] pairs, ITokenizer tokenizer, EncodingOptions options)
    {
        var cold = Round(pairs, tokenizer, options);
        var warm = Enumerable.Range(0, Rounds).Select(_ => Round(pairs, tokenizer, options)).MinBy(round => round.Encoding + round.Layout);
        Console.WriteLine($"  {name,-13} {options.Threads} threads: cold {Rate(cold)}; warm {Rate(warm)}, encoding {warm.Encoding:F2} s, layout {warm.Layout:F2} s");
        Console.WriteLine($"    a row: {warm.Counts.PromptTokens / Pairs} + {warm.Counts.ChosenTokens / Pairs} + {warm.Counts.RejectedTokens / Pairs} tokens; {warm.Counts}");
    }

    private static string Rate((double Encoding, double Layout, double Processor, EncodingCounts Counts) round) =>
        $"{Pairs / (round.Encoding + round.Layout):F0} rows/s ({Pairs / round.Processor:F0} a second of processor time)";

    // Processor time is that of the whole process, compiler and collector included: what counts where others use the machine too.
    private static (double Encoding, double Layout, double Processor, EncodingCounts Counts) Round(
        PreferencePair[] pairs, ITokenizer tokenizer, EncodingOptions options)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var encoder = new RecordEncoder(tokenizer, options);
        var watch = Stopwatch.StartNew();
        var rows = encoder.EncodeAll(pairs);
        var encoding = watch.Elapsed.TotalSeconds;
        watch.Restart();
        foreach (var batch in rows.Chunk(BatchSize)) TokenLayout.Of(batch).Dispose();
        return (encoding, watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds, encoder.Counts);
    }

    // Words in their order from random places, so that the text is of the language and no two rows are alike.
    private static PreferencePair[] Records(string[] words, bool isChat)
    {
        var random = new Random(1701);
        string Text(int count)
        {
            var length = (int)(count * (0.5 + random.NextDouble()));
            var start = random.Next(words.Length - length);
            return string.Join(' ', words, start, length);
        }
        Transcript Of(string role, string text) =>
            isChat ? new Transcript([new ChatMessage(role, text)]) : new Transcript(role == "assistant" ? " " + text : text);
        return [.. Enumerable.Range(0, Pairs).Select(_ => new PreferencePair(Of("user", Text(75)), Of("assistant", Text(115)), Of("assistant", Text(115))))];
    }
}
