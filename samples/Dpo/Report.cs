using Alignment.Evaluation;
using Spectre.Console;

namespace Alignment.Samples.Dpo;

/// <summary>What the run came to, in words.</summary>
internal static class Report
{
    private const int ShownPrompts = 6;

    /// <summary>Held-out prompts from all over the file.</summary>
    public static IEnumerable<PreferencePair> Shown(Dataset dataset)
    {
        var step = Math.Max(1, dataset.HeldOut.Count / ShownPrompts);
        return dataset.HeldOut.Where((_, i) => i % step == step / 2).Take(ShownPrompts);
    }

    public static void Answers(Dataset dataset, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var table = new Table { Border = TableBorder.Rounded, ShowRowSeparators = true };
        table.AddColumns("Held-out prompt", "Answer after SFT", "Answer after DPO");
        var i = 0;
        foreach (var pair in Shown(dataset))
        {
            table.AddRow(Shown(pair.Prompt.ToString()), Shown(before[i]), Shown(after[i]));
            i++;
        }
        AnsiConsole.Write(table);
        var changed = before.Zip(after).Count(pair => pair.First != pair.Second);
        AnsiConsole.MarkupLine($"{changed} of {before.Count} answers changed.");
    }

    public static void Accuracy(PreferenceEvaluation evaluation, Arguments arguments)
    {
        var (low, high) = evaluation.Accuracy.Interval;
        var colour = evaluation.Accuracy.Value >= arguments.MinAccuracy ? "green" : "red";
        AnsiConsole.MarkupLine(
            $"Held-out reward accuracy [{colour}]{evaluation.Accuracy.Value:P1}[/] (95 % interval {low:P1} to {high:P1}, {evaluation.Accuracy.Trials} pairs), " +
            $"reward margin {arguments.Beta * evaluation.Margin:F2}; at least {arguments.MinAccuracy:P0} is asked for.");
    }

    /// <summary>Puts the tokenizer beside the weights, so that the folder is a model of its own.</summary>
    public static void CopyTokenizer(string from, string to)
    {
        foreach (var name in new[] { "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json" })
            if (File.Exists(Path.Combine(from, name))) File.WriteAllBytes(Path.Combine(to, name), File.ReadAllBytes(Path.Combine(from, name)));
    }

    // A model in its first steps may write anything, control characters for the terminal among it.
    private static string Shown(string text) => Markup.Escape(new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]));
}
