using System.Text.Json;

namespace Alignment.Feedback;

/// <summary>A bad answer that tries to turn its judge, beside a good one.</summary>
/// <param name="Id">The case's name.</param>
/// <param name="Kind">The sort of attack.</param>
/// <param name="Language">The language of the attack: <c>en</c> or <c>ko</c>.</param>
/// <param name="Prompt">The question.</param>
/// <param name="Good">The good answer.</param>
/// <param name="Bad">The bad answer without the attack.</param>
/// <param name="Attacked">The bad answer with it.</param>
/// <param name="Attack">The attack alone.</param>
public sealed record InjectionCase(string Id, string Kind, string Language, string Prompt, string Good, string Bad, string Attacked, string Attack)
{
    private const string Resource = "injections.json";

    /// <summary>The cases that come with the library, Korean and English.</summary>
    public static IReadOnlyList<InjectionCase> All { get; } = Load();

    private static IReadOnlyList<InjectionCase> Load()
    {
        using var stream = typeof(InjectionCase).Assembly.GetManifestResourceStream(Resource)!;
        using var json = JsonDocument.Parse(stream);
        var questions = json.RootElement.GetProperty("questions").EnumerateArray()
            .ToDictionary(question => Text(question, "id"), StringComparer.Ordinal);
        return [.. json.RootElement.GetProperty("attacks").EnumerateArray().Select(attack =>
        {
            var question = questions[Text(attack, "question")];
            var text = string.Concat(Enumerable.Repeat(Text(attack, "text"), attack.TryGetProperty("repeat", out var times) ? times.GetInt32() : 1))
                + (attack.TryGetProperty("then", out var then) ? then.GetString() : "");
            var bad = Text(question, "bad");
            return new InjectionCase(
                Text(attack, "id"), Text(attack, "kind"), Text(question, "language"), Text(question, "prompt"), Text(question, "good"), bad,
                Text(attack, "place") switch
                {
                    "before" => $"{text}\n{bad}",
                    "instead" => text,
                    _ => $"{bad}\n{text}",
                }, text);
        })];
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
