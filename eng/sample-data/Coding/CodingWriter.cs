using System.Text.RegularExpressions;

namespace SampleData;

/// <summary>Fills prompts and answers of coding tasks with words and names.</summary>
internal sealed partial class CodingWriter(CodingWords words, Draw draw)
{
    /// <summary>"We build a web shop. Write a C# method that finds a customer by its email in SQL."</summary>
    public string Prompt(CodingTask task, IReadOnlyDictionary<string, SlotWord> about, string language, bool anew)
    {
        var isEnglish = language == "en";
        var told = Slot().Replace(draw.From(task.Told(language, anew)), match =>
            about[match.Groups["name"].Value] is var word && isEnglish ? word.English : word.Korean);
        var asked = draw.From(words.Phrases(anew ? $"frame.new.{language}" : $"frame.{language}")).Replace("{task}", told);
        string?[] sentences =
        [
            draw.Chance(30) ? draw.From(words.Phrases($"before.{language}")) : null,
            isEnglish ? Article().Replace(asked, "an ") : Korean.WithParticles(asked),
            draw.Chance(30) ? draw.From(words.Phrases($"after.{language}")) : null,
        ];
        return string.Join(' ', sentences.OfType<string>());
    }

    /// <summary>One of the answers, in words of the prompt and with names drawn for it.</summary>
    public string Answer(IReadOnlyList<string> answers, IReadOnlyDictionary<string, SlotWord> about)
    {
        var names = new Dictionary<string, string>();
        var code = Choice().Replace(draw.From(answers), match => draw.From(match.Groups["choices"].Value.Split('¦')));
        return Slot().Replace(code, match =>
        {
            var name = match.Groups["name"].Value;
            if (match.Groups["local"].Length > 0)
            {
                return names.TryGetValue(name, out var known) ? known : names[name] = draw.From(words.Names(name));
            }

            var word = about[name.ToLowerInvariant()];
            return char.IsLower(name[0]) ? word.Parameter : char.IsLower(name[1]) ? word.Code : word.Code.ToUpperInvariant();
        });
    }

    [GeneratedRegex("‹(?<local>\\.?)(?<name>[A-Za-z]+)›")]
    private static partial Regex Slot();

    [GeneratedRegex("«(?<choices>[^»]*)»")]
    private static partial Regex Choice();

    // "a user" is right, and no word of the tasks begins with a u that is spoken as a vowel.
    [GeneratedRegex(@"\ba (?=[aeio])")]
    private static partial Regex Article();
}
