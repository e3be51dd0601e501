namespace SampleData;

/// <summary>Puts prompts and answers together from a situation and the recurring phrases.</summary>
internal sealed class Writer(Phrases phrases, Draw draw)
{
    /// <summary>"We are at home. My father collapsed and is not breathing. What should I do?"</summary>
    public string Prompt(Situation situation, string told, string? person)
    {
        var at = phrases.Family("at", [situation.Persons.Length > 0 ? "other" : "me"]);
        return Text(
            draw.Chance(60) ? draw.From(at).Replace("{at}", draw.From(situation.Places)) : null,
            told.Replace("{who}", person),
            draw.Chance(75) ? draw.From(phrases.Family("ask")) : null);
    }

    /// <summary>What should be said: 119 at once in an emergency, else calm care and when to see a doctor.</summary>
    public string Chosen(Situation situation)
    {
        var steps = draw.TwoFrom(situation.Do is [var only] ? [only, only] : situation.Do);
        var sentences = situation switch
        {
            { IsEmergency: false } => draw.Below(8) switch
            {
                < 3 => [steps[0], draw.From(situation.See)],
                3 => [.. steps, draw.From(situation.See)],
                _ => [draw.From(phrases.Family("calm")), steps[0], draw.From(situation.See)],
            },
            { First.Length: > 0 } => draw.Chance(30)
                ? [draw.From(situation.First), Common("after")]
                : new[] { draw.From(situation.First), Common("after"), draw.Chance(60) ? steps[0] : Common("close") },
            _ => draw.Below(8) switch
            {
                < 3 => [Common("call"), steps[0]],
                3 => [Common("call"), .. steps],
                _ => [Common("call"), steps[0], Common("close")],
            },
        };
        return Answer(situation, sentences);

        string Common(string family) => draw.From(phrases.Family(family, situation.Tags));
    }

    /// <summary>What should not be said: an emergency played down or put off, or a trifle blown up or neglected.</summary>
    public string Rejected(Situation situation)
    {
        var wrong = draw.TwoFrom(situation.Wrong);
        var sentences = situation.IsEmergency
            ? draw.Below(10) switch
            {
                0 => [wrong[0], Common("wait")],
                1 or 2 => [.. wrong, Common("wait")],
                3 => [Common("dismiss"), wrong[1], wrong[0]],
                4 or 5 => [draw.From(phrases.Family("calm")), wrong[0], Common("wait")],
                _ => new[] { Common("dismiss"), wrong[0], Common("wait") },
            }
            : draw.Below(10) switch
            {
                0 or 1 or 2 => [.. wrong, draw.From(phrases.Family("careless"))],
                3 or 4 => [draw.From(phrases.Family("alarm")), wrong[0], draw.From(phrases.Family("fear"))],
                5 or 6 => [draw.From(phrases.Family("alarm")), .. draw.TwoFrom(phrases.Family("fear"))],
                7 => [draw.From(phrases.Family("fear")), Common("call"), Common("close")],
                _ => [Common("call"), .. draw.TwoFrom(phrases.Family("close", situation.Tags))],
            };
        return Answer(situation, sentences);

        string Common(string family) => draw.From(phrases.Family(family, situation.Tags));
    }

    private static string Answer(Situation situation, IEnumerable<string> sentences) =>
        Text([.. sentences.Select(sentence => sentence.Replace("{name}", situation.Name))]);

    private static string Text(params string?[] sentences) =>
        string.Join(' ', sentences.OfType<string>().Select(Korean.WithParticles).Select(Sentence));

    private static string Sentence(string text) =>
        char.ToUpperInvariant(text[0]) + text[1..] + (char.IsPunctuation(text[^1]) ? "" : ".");
}
