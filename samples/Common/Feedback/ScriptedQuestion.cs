using System.Text.RegularExpressions;
using AI = Microsoft.Extensions.AI;

namespace Alignment.Samples;

/// <summary>What the library asks of a model that gives feedback, taken apart for a script.</summary>
internal sealed partial class ScriptedQuestion(IReadOnlyList<AI.ChatMessage> messages)
{
    private readonly Dictionary<string, string> _material = Material().Matches(messages[1].Text)
        .ToDictionary(part => part.Groups["name"].Value, part => part.Groups["text"].Value);

    /// <summary>The instructions.</summary>
    public string System => messages[0].Text;

    /// <summary>What is asked in the end.</summary>
    public string Request => messages[^1].Text;

    /// <summary>Whether the model spoke before: a critique is to become a revision, or a thought a verdict.</summary>
    public bool GoesOn => messages.Count > 2;

    public int Words => messages.Sum(message => message.Text.Split(' ').Length);

    /// <summary>A text that stands between the library's lines: question, answer, answer-1, answer-2.</summary>
    public string this[string name] => _material[name];

    public bool Has(string name) => _material.ContainsKey(name);

    // <<<nonce BEGIN name>>> text <<<nonce END name>>>
    [GeneratedRegex(@"<<<(?<nonce>[0-9a-f]{32}) BEGIN (?<name>[a-z0-9-]+)>>>\n(?<text>.*?)\n<<<\k<nonce> END \k<name>>>>", RegexOptions.Singleline)]
    private static partial Regex Material();
}
