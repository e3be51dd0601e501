using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Alignment.Training;

/// <summary>The text of a model card: the Hub's front matter, then sections for a person.</summary>
internal static partial class ModelCardText
{
    public static string Of(ModelCard card, Provenance provenance, string title, SavedModelKind saved)
    {
        var text = new StringBuilder();
        FrontMatter(text, card, provenance, saved);
        text.Append(CultureInfo.InvariantCulture, $"\n# {MarkdownText.Inline(title)}\n\n{Summary(provenance, saved)}\n");
        if (card.Description is { } description) text.Append(CultureInfo.InvariantCulture, $"\n{MarkdownText.Paragraphs(description)}\n");
        Section(text, "Data", ["Rows for", "Source", "Rows", "Tokens", "SHA-256"], provenance.Data.Select(data => (string[])
            [data.Name, Published(data.Source), Count(data.Rows?.Rows), Count(data.Rows?.Tokens), data.Rows?.Sha256 ?? ""]));
        Section(text, "Results", ["Metric", "Value"], provenance.Metrics.Select(metric => (string[])
            [metric.Name, metric.Value.ToString("G6", CultureInfo.InvariantCulture)]));
        Section(text, "Settings", ["Setting", "Value"], provenance.Settings.Select(setting => (string[])[setting.Key, Published(setting.Value)]));
        text.Append(LoadingText.Of(saved, title, IsRepository(provenance.BaseModel) ? provenance.BaseModel! : "base"));
        Section(text, "Made with", ["Software", "Version"], provenance.Versions.Select(version => (string[])[version.Key, version.Value]));
        text.Append(CultureInfo.InvariantCulture, $"\nHashes of all files that went in and came out are in `{ModelCard.ProvenanceName}`.\n\n");
        return text.ToString();
    }

    // Keys in the order of the alphabet, as the Hub's own library writes them.
    private static void FrontMatter(StringBuilder text, ModelCard card, Provenance provenance, SavedModelKind saved)
    {
        var method = provenance.Method.ToLowerInvariant();
        text.Append("---\n");
        if (IsRepository(provenance.BaseModel))
            text.Append(CultureInfo.InvariantCulture, $"base_model: {YamlText.Of(provenance.BaseModel!)}\nbase_model_relation: {(saved == SavedModelKind.Adapter ? "adapter" : "finetune")}\n");
        List(text, "datasets", provenance.Data.Select(data => data.Source).Where(IsRepository).Distinct()!);
        List(text, "language", card.Languages);
        text.Append(CultureInfo.InvariantCulture, $"library_name: {(saved == SavedModelKind.Adapter ? "peft" : "transformers")}\n");
        if (card.License is { } license) text.Append(CultureInfo.InvariantCulture, $"license: {YamlText.Of(license)}\n");
        List(text, "tags", ((string[])["alignment", method, .. card.Tags]).Distinct());
        text.Append("---\n");
    }

    private static void List(StringBuilder text, string key, IEnumerable<string> values)
    {
        List<string> all = [.. values];
        if (all.Count > 0) text.Append(CultureInfo.InvariantCulture, $"{key}:\n{string.Concat(all.Select(value => $"- {YamlText.Of(value)}\n"))}");
    }

    private static string Summary(Provenance provenance, SavedModelKind saved)
    {
        var text = new StringBuilder(saved switch
        {
            SavedModelKind.Adapter => "An adapter",
            SavedModelKind.RewardModel => "A reward model",
            _ => "A model",
        });
        if (provenance.BaseModel is { } baseModel) text.Append(CultureInfo.InvariantCulture, $" that started from {Model(baseModel)} and");
        else text.Append(" that");
        text.Append(CultureInfo.InvariantCulture, $" was trained with {MarkdownText.Inline(provenance.Method)}");
        if (provenance.Steps is { } steps) text.Append(CultureInfo.InvariantCulture, $" for {steps:N0} steps");
        if (provenance.Finished is { } finished) text.Append(CultureInfo.InvariantCulture, $", until {finished.ToUniversalTime():yyyy-MM-dd}");
        text.Append('.');
        if (provenance.End is { } end && end != RunEnd.Completed) text.Append(CultureInfo.InvariantCulture, $" {Ending(end)}");
        return text.ToString();
    }

    private static string Ending(RunEnd end) => end switch
    {
        RunEnd.EarlyStopped => "Training ended early, since evaluations had stopped to get better.",
        RunEnd.OverOptimized => "Training ended early, at signs of over-optimisation.",
        _ => "Training was interrupted before its last step.",
    };

    private static string Model(string name) =>
        IsRepository(name) ? $"[{MarkdownText.Inline(name)}](https://huggingface.co/{name})" : MarkdownText.Inline(Published(name));

    private static void Section(StringBuilder text, string heading, string[] columns, IEnumerable<string[]> rows)
    {
        List<string[]> all = [.. rows];
        if (all.Count == 0) return;
        text.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n\n{Row(columns)}{Row([.. columns.Select(_ => "---")])}{string.Concat(all.Select(row => Row([.. row.Select(MarkdownText.Inline)])))}");
    }

    private static string Row(string[] cells) => $"| {string.Join(" | ", cells)} |\n";

    private static string Published(string? text) => text is null ? "" : PublicText.Of(text);

    private static string Count(long? count) => count is { } number ? number.ToString("N0", CultureInfo.InvariantCulture) : "";

    // owner/name, as the Hub allows it; anything else would make it refuse the card.
    private static bool IsRepository(string? name) => name is not null && Repository().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Repository();
}
