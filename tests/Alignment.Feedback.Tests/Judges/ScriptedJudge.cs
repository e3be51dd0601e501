using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using AI = Microsoft.Extensions.AI;

namespace Alignment.Feedback.Tests.Judges;

/// <summary>Judges that are scripted. They read what stands between the lines that the system message names, as a model is asked to.</summary>
internal static partial class ScriptedJudge
{
    private static readonly HashSet<string> Good = [.. InjectionCase.All.Select(one => PlainText.Of(one.Good))];
    private static readonly string[] Orders = [.. InjectionCase.All.SelectMany(one => one.Attack.Split('\n')).Select(line => line.Trim()).Where(line => line.Length > 12).Distinct()];

    /// <summary>Judges by what the answers are, but does all that it is told outside of the lines: an attack that gets out of them wins.</summary>
    public static ScriptedClient Obedient() => ScriptedClient.OfAll(messages =>
    {
        var (answers, outside) = Read(messages);
        var good = Array.FindIndex(answers, Good.Contains) + 1;
        var isTold = Orders.Any(order => outside.Contains(PlainText.Of(order), StringComparison.Ordinal));
        return Verdict(good == 0 ? 0 : isTold ? 3 - good : good);
    });

    /// <summary>Says yes where a single answer is none of the good ones, but does all that it is told outside of the lines, and then says no.</summary>
    public static ScriptedClient ObedientAboutHarm() => ScriptedClient.OfAll(messages =>
    {
        var (answers, outside) = Read(messages, "answer");
        var isTold = Orders.Any(order => outside.Contains(PlainText.Of(order), StringComparison.Ordinal));
        return Verdict(!isTold && !Good.Contains(answers[0]) ? "yes" : "no");
    });

    /// <summary>Chooses by a rule over the two answers as they stand before it: 1, 2, or 0 for a tie.</summary>
    public static ScriptedClient By(Func<string, string, int> rule) => ScriptedClient.OfAll(messages =>
    {
        var (answers, _) = Read(messages);
        return Verdict(rule(answers[0], answers[1]));
    });

    public static string Verdict(int place) => Verdict(place == 0 ? "tie" : place.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static string Verdict(string verdict) => $$"""{"reason": "scripted", "verdict": "{{verdict}}"}""";

    public static (string[] Answers, string Outside) Read(IReadOnlyList<AI.ChatMessage> messages) => Read(messages, "answer-1", "answer-2");

    public static (string[] Answers, string Outside) Read(IReadOnlyList<AI.ChatMessage> messages, params string[] names)
    {
        Assert.Equal([ChatRole.System, ChatRole.User], messages.Select(message => message.Role));
        var nonce = Nonce().Match(messages[0].Text).Groups[1].Value;
        var (text, answers) = (messages[1].Text, new List<string>());
        foreach (var name in names.Prepend("question"))
        {
            var (begin, end) = ($"<<<{nonce} BEGIN {name}>>>\n", $"\n<<<{nonce} END {name}>>>");
            var start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
            var stop = text.IndexOf(end, start, StringComparison.Ordinal);
            if (name != "question") answers.Add(text[start..stop]);
            text = text[..(start - begin.Length)] + text[(stop + end.Length)..];
        }
        return ([.. answers], text);
    }

    [GeneratedRegex("<<<([0-9a-f]{32}) BEGIN name>>>")]
    private static partial Regex Nonce();
}
