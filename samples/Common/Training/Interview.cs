using Alignment.Generation;

namespace Alignment.Samples;

/// <summary>A few held-out prompts, and what models answer to them when they always take the likeliest token.</summary>
/// <param name="prompts">Ids of all held-out prompts.</param>
/// <param name="origin">Has the tokenizer that made them.</param>
/// <param name="settings">Say how long answers may be; in a dry run nothing is asked.</param>
internal sealed class Interview(IEnumerable<IReadOnlyList<int>> prompts, Origin origin, TrainingSettings settings)
{
    private readonly IReadOnlyList<IReadOnlyList<int>> _asked = Some([.. prompts.DistinctBy(origin.Text)]);

    /// <summary>A few rows from all over a list, equally far apart.</summary>
    public static IReadOnlyList<T> Some<T>(IReadOnlyList<T> rows, int count = 6)
    {
        count = Math.Min(count, rows.Count);
        return [.. Enumerable.Range(0, count).Select(i => rows[(int)((2L * i + 1) * rows.Count / (2 * count))])];
    }

    public IReadOnlyList<string> Ask(CausalLanguageModel model, CancellationToken stop)
    {
        if (settings.DryRun) return [];
        var room = Math.Min(settings.MaxNewTokens, model.MaxPositions - _asked.Max(prompt => prompt.Count));
        var options = new TextGenerationOptions { Tokens = new GenerationOptions { MaxNewTokens = room } };
        return [.. new TextGenerator(model, origin.Tokenizer).Generate(_asked, options, stop).Select(answer => answer.Text.Trim())];
    }

    /// <summary>Shows the prompts beside columns of answers.</summary>
    public void Show(params (string Heading, IReadOnlyList<string> Answers)[] columns) => Screen.Table(
        ["Held-out prompt", .. columns.Select(column => column.Heading)],
        _asked.Select((prompt, i) => (string[])[origin.Text(prompt), .. columns.Select(column => column.Answers[i])]));
}
