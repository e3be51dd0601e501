namespace Alignment.Data.Tests.Templates;

/// <summary>Published templates, damaged: each ends in a text or in the one type of error, within small limits.</summary>
public sealed class TemplateFuzzTests
{
    private const int Rounds = 700;

    private static readonly string[] Pieces =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "-", "+", "(", ")", "[", "]", "{", "}", "'", "\"", "\\", "|", ".", ",", ":", "~", "**", "//", "%",
        " in ", " is ", " not ", " if ", " else ", "{% for x in messages %}", "{% endfor %}", "{% if ", "{% endif %}", "{% macro f(a) %}",
        "{% endmacro %}", "{{ f(f) }}", "{% raw %}", "{% set x = [x] %}", "loop", "loop.index", "messages", "[::-1]", "|tojson", "|map('upper')",
        "|list", "range(99999)", " * 99999", "namespace()", "none", "9223372036854775807", "1e308", "👍", "\ud83d", "\0", "\u00a0",
        "{% generation %}", "{% endgeneration %}", "{% break %}", "raise_exception('x')", "strftime_now('%Y')", "|sort", "|join", "varargs", "caller()",
    ];

    [Fact]
    public void Damaged_templates_end_in_a_text_or_a_typed_error()
    {
        var random = new Random(1701);
        var limits = new ChatTemplateLimits { Steps = 20_000, TextLength = 100_000, Items = 1_000, Depth = 64 };
        var options = new ChatTemplateOptions { Limits = limits };
        var messages = new ChatMessage[] { new("user", "👍 {{ x }}"), new("assistant", "<think>a</think>b") };
        var templates = Golden.Json("chat", "chat_templates.json").GetProperty("templates").EnumerateObject()
            .Select(template => template.Value.GetProperty("text").GetString()!).ToArray();

        var (rendered, refused) = (0, 0);
        foreach (var text in templates)
        {
            for (var round = 0; round < Rounds; round++)
            {
                try
                {
                    var chat = ChatTemplate.Parse(Damage(text, random), options).RenderWithSpans(messages, round % 2 == 0);
                    Assert.True(chat.Text.Length <= limits.TextLength);
                    rendered++;
                }
                catch (ChatTemplateException error)
                {
                    Assert.NotEmpty(error.Reason);
                    refused++;
                }
            }
        }

        Assert.Equal(templates.Length * Rounds, rendered + refused);
        Assert.True(rendered > 500 && refused > 2_000, $"{rendered} rendered, {refused} refused");
    }

    // One to four changes: a piece put in, a part taken out, doubled or moved, a character changed.
    private static string Damage(string text, Random random)
    {
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            var start = random.Next(text.Length + 1);
            var end = Math.Min(text.Length, start + random.Next(1, 40));
            var place = random.Next(text.Length + 1);
            text = random.Next(5) switch
            {
                0 => text.Insert(start, Pieces[random.Next(Pieces.Length)]),
                1 => text.Remove(start, end - start),
                2 => text.Insert(place, text[start..end]),
                3 => text.Insert(start, ((char)random.Next(128)).ToString()),
                _ => text.Remove(start, end - start).Insert(Math.Min(place, text.Length - (end - start)), Pieces[random.Next(Pieces.Length)]),
            };
        }

        return text;
    }
}
