using System.Collections.Frozen;

namespace Alignment.Data.Reading;

/// <summary>Our names of columns, and the names under which data sets have them.</summary>
internal static class ColumnNames
{
    public const string Prompt = "prompt";
    public const string Input = "input";
    public const string System = "system";
    public const string Chosen = "chosen";
    public const string Rejected = "rejected";
    public const string Response = "response";
    public const string Messages = "messages";
    public const string Text = "text";
    public const string Label = "label";
    public const string Rating = "rating";
    public const string Margin = "margin";
    public const string Weight = "weight";
    public const string Id = "id";
    public const string Source = "source";
    public const string ChosenScore = "chosen_score";
    public const string RejectedScore = "rejected_score";

    private static readonly FrozenDictionary<string, string[]> Synonyms = new Dictionary<string, string[]>
    {
        [Prompt] = ["prompt", "question", "instruction", "query"],
        [Input] = ["input"],
        [System] = ["system", "system_prompt"],
        [Chosen] = ["chosen", "chosen_response"],
        [Rejected] = ["rejected", "rejected_response"],
        [Response] = ["completion", "response", "answer", "output"],
        [Messages] = ["messages", "conversations", "conversation"],
        [Text] = ["text"],
        [Label] = ["label", "desirable"],
        [Rating] = ["rating", "score"],
        [Margin] = ["margin"],
        [Weight] = ["weight"],
        [Id] = ["id", "prompt_id"],
        [Source] = ["source", "dataset"],
        [ChosenScore] = ["score_chosen", "chosen_score", "chosen_rating", "chosen-rating", "rating_chosen", "chosen_avg_rating"],
        [RejectedScore] = ["score_rejected", "rejected_score", "rejected_rating", "rejected-rating", "rating_rejected", "rejected_avg_rating"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every name of ours, in the order of messages.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Prompt, Input, System, Chosen, Rejected, Response, Messages, Text, Label, Rating, Margin, Weight, Id, Source, ChosenScore, RejectedScore];

    /// <summary>The names to look for, the more usual first.</summary>
    public static IReadOnlyList<string> Of(string name) => Synonyms[name];
}
