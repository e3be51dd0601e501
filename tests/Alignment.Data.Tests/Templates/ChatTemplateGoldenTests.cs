using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alignment.Data.Tests.Templates;

/// <summary>Published templates on 17 conversations, as transformers rendered them.</summary>
public sealed class ChatTemplateGoldenTests
{
    private static readonly string[] Variables = ["bos_token", "eos_token", "date_string"];

    private readonly JsonElement _file = Golden.Json("chat", "chat_templates.json");

    [Fact]
    public void Every_conversation_is_written_exactly()
    {
        var (texts, errors, spans) = (0, 0, 0);
        foreach (var row in _file.GetProperty("rendered").EnumerateArray())
        {
            var what = $"{row.GetProperty("template")}, {row.GetProperty("conversation")}, {row.GetProperty("add_generation_prompt")}: ";
            if (row.TryGetProperty("error", out var error))
            {
                var refusal = Assert.Throws<ChatTemplateException>(() => Render(row));
                Assert.True(refusal.IsRaisedByTemplate, what + refusal.Message);
                Assert.Equal(error.GetString(), "TemplateError: " + refusal.Reason);
                errors++;
                continue;
            }

            Assert.Equal(what + row.GetProperty("text").GetString(), what + Render(row));
            texts++;
            if (row.TryGetProperty("assistant_spans", out var expected))
            {
                AssertSpans(row, expected);
                spans++;
            }
        }

        Assert.Equal((282, 24, 90), (texts, errors, spans));
    }

    [Theory]
    [InlineData("llama3")]
    [InlineData("gemma")]
    public void Spans_found_turn_by_turn_are_those_that_the_training_variant_marks(string name)
    {
        var compared = 0;
        foreach (var row in _file.GetProperty("rendered").EnumerateArray())
        {
            if (row.GetProperty("template").GetString() != name + "_training" || row.TryGetProperty("error", out _))
                continue;
            var chat = Template(name, row).RenderWithSpans(Messages(row), row.GetProperty("add_generation_prompt").GetBoolean());
            Assert.Equal(row.GetProperty("text").GetString(), chat.Text);
            Assert.Equal(Spans(row.GetProperty("assistant_spans")), chat.AssistantSpans.Select(span => span.InCodePoints(chat.Text)));
            compared++;
        }

        Assert.Equal(name == "gemma" ? 22 : 34, compared);
    }

    [Fact]
    public void A_template_that_writes_old_turns_otherwise_is_refused_with_its_turn()
    {
        var row = Row("qwen3", "thinking");

        var error = Assert.Throws<ChatTemplateException>(() => Template("qwen3", row).RenderWithSpans(Messages(row)));

        Assert.Equal(
            "qwen3: what the assistant says in message 1 cannot be told, since the template writes that turn otherwise alone than in the whole "
            + "conversation. Use a template with generation blocks, or one reply a conversation.",
            error.Message);
    }

    [Theory]
    [InlineData("qwen2_5", "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.")]
    [InlineData("qwen3", null)]
    [InlineData("llama3", null)]
    [InlineData("llama3_1", null)]
    [InlineData("gemma", null)]
    [InlineData("phi3", null)]
    public void The_system_text_of_a_template_is_found(string name, string? expected)
        => Assert.Equal(expected, Template(name, Row(name, "user")).FindDefaultSystemText());

    [Fact]
    public void A_given_system_text_takes_the_place_of_the_templates_own()
    {
        var template = Template("qwen2_5", Row("qwen2_5", "user"));
        var given = template.With(template.Options with { DefaultSystemText = "You answer in one line." });

        Assert.Equal(Row("qwen2_5", "system_user").GetProperty("text").GetString(), given.Render([new ChatMessage("user", "Hello there!")], false));
    }

    private JsonElement Row(string template, string conversation) => _file.GetProperty("rendered").EnumerateArray().First(
        row => row.GetProperty("template").GetString() == template && row.GetProperty("conversation").GetString() == conversation);

    private string Render(JsonElement row) => Template(row.GetProperty("template").GetString()!, row)
        .Render(Messages(row), row.GetProperty("add_generation_prompt").GetBoolean());

    private void AssertSpans(JsonElement row, JsonElement expected)
    {
        var template = Template(row.GetProperty("template").GetString()!, row);
        var chat = template.RenderWithSpans(Messages(row), row.GetProperty("add_generation_prompt").GetBoolean());
        Assert.Equal(Spans(expected), chat.AssistantSpans.Select(span => span.InCodePoints(chat.Text)));
        Assert.Equal(
            row.GetProperty("assistant_texts").EnumerateArray().Select(text => text.GetString()),
            chat.AssistantSpans.Select(span => span.Of(chat.Text)));
    }

    private ChatTemplate Template(string name, JsonElement row)
    {
        var template = _file.GetProperty("templates").GetProperty(name);
        var arguments = Conversation(row).GetProperty("arguments");
        var variables = Variables.ToDictionary(key => key, key => Node(template.GetProperty(key)));
        foreach (var argument in arguments.EnumerateObject().Where(argument => argument.Name != "tools"))
            variables.Add(argument.Name, Node(argument.Value));
        var tools = arguments.TryGetProperty("tools", out var given) ? Node(given) : null;
        return ChatTemplate.Parse(
            template.GetProperty("text").GetString()!, new ChatTemplateOptions { Variables = variables, Tools = tools }, name);
    }

    private JsonArray Messages(JsonElement row) => JsonArray.Create(Conversation(row).GetProperty("messages"))!;

    private JsonElement Conversation(JsonElement row)
        => _file.GetProperty("conversations").GetProperty(row.GetProperty("conversation").GetString()!);

    private static IEnumerable<(int, int)> Spans(JsonElement spans)
        => spans.EnumerateArray().Select(span => (span[0].GetInt32(), span[1].GetInt32()));

    private static JsonNode? Node(JsonElement element) => JsonNode.Parse(element.GetRawText());
}
