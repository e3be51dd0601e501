using System.Text.Json.Nodes;

namespace Alignment.Data.Tests.Templates;

/// <summary>What a template is given, and what it gives back.</summary>
public sealed class ChatTemplateTests
{
    private static readonly ChatMessage[] Turns = [new("user", "a"), new("assistant", "👍b"), new("user", "c"), new("assistant", "d")];

    [Fact]
    public void The_clock_is_the_given_one_and_reading_it_is_reported()
    {
        var template = ChatTemplate.Parse("{{ strftime_now('%d %b %Y, %-d %B %y %H:%M:%S %I %p %A %j %e|%Z%%') }}");
        var clocked = template.With(template.Options with { Clock = new FixedClock() });

        var chat = clocked.RenderWithSpans(Jinja.Hello);

        Assert.Equal("05 Mar 2024, 5 March 24 17:08:09 05 PM Tuesday 065  5|%", chat.Text);
        Assert.True(chat.ReadsClock);
        Assert.False(ChatTemplate.Parse("{{ strftime_now is defined }}").RenderWithSpans(Jinja.Hello).ReadsClock);
    }

    [Fact]
    public void Without_a_clock_a_template_that_reads_it_is_refused()
    {
        const string text = "{% if not date_string is defined %}{% set date_string = strftime_now('%d %b %Y') %}{% endif %}{{ date_string }}";

        Assert.Equal(
            "1:69 The template reads the clock: give ChatTemplateOptions.Clock, or the variable that it takes instead, such as date_string.",
            Jinja.Error(text));
        Assert.Equal("26 Jul 2024", Jinja.Render(text, """{"date_string": "26 Jul 2024"}"""));
    }

    [Theory]
    [InlineData("{{ strftime_now('%Q') }}")]
    [InlineData("{{ strftime_now('%') }}")]
    public void A_date_in_an_unknown_format_is_refused(string text)
    {
        var template = ChatTemplate.Parse(text, new ChatTemplateOptions { Clock = new FixedClock() });
        Assert.Contains("A date's format must use %Y", Assert.Throws<ChatTemplateException>(() => template.Render(Jinja.Hello, false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_default_system_text_goes_first_only_where_there_is_none()
    {
        var template = ChatTemplate.Parse("{% for m in messages %}{{ m.role }}={{ m.content }};{% endfor %}", new ChatTemplateOptions { DefaultSystemText = "S" });

        Assert.Equal("system=S;user=Hello;", template.Render(Jinja.Hello, false));
        Assert.Equal("system=T;", template.Render([new ChatMessage("system", "T")], false));
    }

    [Fact]
    public void Generation_blocks_mark_what_the_assistant_says()
    {
        var template = ChatTemplate.Parse(
            "{% for m in messages %}<{{ m.role }}>{% if m.role == 'assistant' %}{% generation %}{{ m.content }}<end>{% endgeneration %}{% else %}{{ m.content }}{% endif %}{% endfor %}");

        var chat = template.RenderWithSpans(Turns);

        // "<user>a<assistant>" has 18 units, "👍b<end>" 8; "<user>c<assistant>" 18 more, "d<end>" 6.
        Assert.Equal("<user>a<assistant>👍b<end><user>c<assistant>d<end>", chat.Text);
        Assert.Equal([new TextSpan(18, 26), new TextSpan(44, 50)], chat.AssistantSpans);
        Assert.Equal([(18, 25), (43, 49)], chat.AssistantSpans.Select(span => span.InCodePoints(chat.Text)));
        Assert.Equal(["👍b<end>", "d<end>"], chat.AssistantSpans.Select(span => span.Of(chat.Text)));
        Assert.True(template.MarksAssistant);
    }

    [Theory]
    [InlineData(false, "<user>a<assistant>👍b<end><user>c<assistant>d<end>")]
    [InlineData(true, "<user>a<assistant>👍b<end><user>c<assistant>d<end><assistant>")]
    public void Without_generation_blocks_turns_are_found_by_rendering_each(bool addGenerationPrompt, string text)
    {
        var template = ChatTemplate.Parse(
            "{% for m in messages %}<{{ m.role }}>{{ m.content }}{{ '<end>' if m.role == 'assistant' }}{% endfor %}{{ '<assistant>' if add_generation_prompt }}");

        var chat = template.RenderWithSpans(Turns, addGenerationPrompt);

        Assert.Equal(text, chat.Text);
        Assert.Equal(["👍b<end>", "d<end>"], chat.AssistantSpans.Select(span => span.Of(chat.Text)));
        Assert.False(template.MarksAssistant);
    }

    [Fact]
    public void Spans_that_cannot_be_told_are_refused()
    {
        static string Refusal(string text, params ChatMessage[] messages)
            => Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(text, name: "t").RenderWithSpans(messages)).Message;

        Assert.Equal(
            "t: the template marks nothing that the assistant says, though the conversation has messages of the assistant.",
            Refusal("{% if false %}{% generation %}{% endgeneration %}{% endif %}", Turns));
        Assert.Equal(
            "t: a generation block must stand outside of macros and other captured texts, or its place is not known.",
            Refusal("{% macro f() %}{% generation %}x{% endgeneration %}{% endmacro %}{{ f() }}", Turns));
        Assert.Equal(
            "t: a conversation must not begin with the assistant where its spans are to be found.",
            Refusal("x", new ChatMessage("assistant", "a")));
        Assert.Equal(
            "t: what the assistant says in message 1 cannot be told, since the template writes that turn otherwise alone than in the whole "
            + "conversation. Use a template with generation blocks, or one reply a conversation.",
            Refusal("{{ messages|length }}{% for m in messages %}{{ m.content }}{% endfor %}", Turns));
    }

    [Fact]
    public void Messages_may_have_more_than_role_and_content()
    {
        var messages = JsonNode.Parse("""[{"role": "tool", "content": null, "calls": [{"n": 1, "x": 1.50, "big": 9007199254740993}]}]""")!.AsArray();

        Assert.Equal("""[{"n": 1, "x": 1.5, "big": 9007199254740993}]None""", ChatTemplate.Parse("{{ messages[0].calls|tojson }}{{ messages[0].content }}").Render(messages, false));
    }

    [Theory]
    [InlineData("[]", "messages must hold at least one message. (Parameter 'messages')")]
    [InlineData("[1]", "Each of messages must be a JSON object with a text 'role'. (Parameter 'messages')")]
    [InlineData("[{\"role\": null}]", "Each of messages must be a JSON object with a text 'role'. (Parameter 'messages')")]
    [InlineData("[{\"role\": \"user\", \"n\": 99999999999999999999}]", "messages must hold integers within 64 bits only; one was 99999999999999999999. (Parameter 'messages')")]
    public void Messages_that_are_none_are_refused(string json, string expected)
        => Assert.Equal(expected, Assert.Throws<ArgumentException>(() => ChatTemplate.Parse("x").Render(JsonNode.Parse(json)!.AsArray(), false)).Message);

    [Fact]
    public void Options_are_copied_and_checked_where_they_are_written()
    {
        var tools = new JsonArray("a");
        var options = new ChatTemplateOptions { Tools = tools };
        tools.Add("b");
        JsonNode deep = new JsonArray();
        for (var i = 0; i < 70; i++)
            deep = new JsonArray(deep);

        Assert.Equal("['a'] None", ChatTemplate.Parse("{{ tools }} {{ documents }}", options).Render(Jinja.Hello, false));
        Assert.Equal(
            "Tools must be at most 64 levels deep. (Parameter 'Tools')",
            Assert.Throws<ArgumentException>(() => new ChatTemplateOptions { Tools = deep }).Message);
    }

    [Fact]
    public async Task One_template_renders_the_same_on_many_threads()
    {
        var template = ChatTemplate.Parse(
            "{% set ns = namespace(n=0) %}{% for m in messages %}{% set ns.n = ns.n + m.content|length %}{{ m.content }}{% endfor %}{{ ns.n }}");

        var texts = await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() => Enumerable.Range(0, 200)
            .Select(i => template.Render([new ChatMessage("user", new string('x', thread + i))], false)).ToArray())));

        for (var thread = 0; thread < 8; thread++)
            Assert.Equal(Enumerable.Range(0, 200).Select(i => new string('x', thread + i) + (thread + i)), texts[thread]);
    }

    // 5 March 2024, 15:08:09 UTC, in a zone two hours ahead.
    private sealed class FixedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("t", TimeSpan.FromHours(2), "t", "t");

        public override DateTimeOffset GetUtcNow() => new(2024, 3, 5, 15, 8, 9, TimeSpan.Zero);
    }
}
