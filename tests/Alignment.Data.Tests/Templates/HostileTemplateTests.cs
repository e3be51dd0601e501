using System.Diagnostics.CodeAnalysis;

namespace Alignment.Data.Tests.Templates;

/// <summary>Templates that ask for too much end in an error, on a thread with a small stack too.</summary>
public sealed class HostileTemplateTests
{
    private const int SmallStack = 1 << 20;   // bytes; as the main thread of Windows

    public static TheoryData<string, string> DeepTexts => new()
    {
        { "{{ " + Repeat("(", 200_000), "A template must nest at most 256 levels deep." },
        { "{{ " + Repeat("(", 200_000) + "1" + Repeat(")", 200_000) + " }}", "A template must nest at most 256 levels deep." },
        { "{{ " + Repeat("[", 200_000), "A template must nest at most 256 levels deep." },
        { "{{ " + Repeat("{1:", 200_000), "A template must nest at most 256 levels deep." },
        { "{{ " + Repeat("not ", 200_000) + "1 }}", "A template must nest at most 256 levels deep." },
        { "{{ " + Repeat("-", 200_000) + "1 }}", "A template must nest at most 256 levels deep." },
        { "{{ " + Repeat("1 if 1 else ", 80_000) + "1 }}", "A template must nest at most 256 levels deep." },
        { "{{ x" + Repeat(" is odd(x", 100_000), "A template must nest at most 256 levels deep." },
        { Repeat("{% if 1 %}", 80_000), "A template must nest at most 256 levels deep." },
        { Repeat("{% for x in y %}", 60_000), "A template must nest at most 256 levels deep." },
        { Repeat("{% set x %}", 80_000), "A template must nest at most 256 levels deep." },
        { "{% set " + Repeat("(", 200_000), "A template must nest at most 256 levels deep." },
        { "{{ 'x'" + Repeat("|trim", 190_000) + " }}", "Evaluation must nest at most 256 levels deep." },
        { "{{ x" + Repeat(".a", 400_000) + " }}", "Evaluation must nest at most 256 levels deep." },
        { "{{ 1" + Repeat("+1", 400_000) + " }}", "Evaluation must nest at most 256 levels deep." },
        { "{{ 1" + Repeat("~1", 400_000) + " }}", "Evaluation must nest at most 256 levels deep." },
        { "{{ 1" + Repeat(" and 1", 150_000) + " }}", "Evaluation must nest at most 256 levels deep." },
    };

    public static TheoryData<string, string> Bombs => new()
    {
        { "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "Evaluation must nest at most 256 levels deep." },
        { "{% macro f() %}{{ caller() }}{% endmacro %}{% macro g() %}{% call f() %}{{ g() }}{% endcall %}{% endmacro %}{{ g() }}", "Evaluation must nest at most 256 levels deep." },
        { "{% for x in [[]] recursive %}{{ loop([1]) }}{% endfor %}", "Evaluation must nest at most 256 levels deep." },
        { "{% set ns = namespace(x=[]) %}{% for i in range(5000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}", "Evaluation must nest at most 256 levels deep." },
        { "{% set ns = namespace(x=[]) %}{% for i in range(5000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x|tojson }}", "Evaluation must nest at most 256 levels deep." },
        { "{% set a = namespace(x=[]) %}{% set b = namespace(x=[]) %}{% for i in range(5000) %}{% set a.x = [a.x] %}{% set b.x = [b.x] %}{% endfor %}{{ a.x == b.x }}", "Evaluation must nest at most 256 levels deep." },
        { "{% set ns = namespace() %}{% set ns.x = ns %}{{ ns }}", "Evaluation must nest at most 256 levels deep." },
        { "{% set ns = namespace(x=1) %}{% set ns.l = [ns] %}{% set ns.m = {'a': ns} %}{{ [ns, ns.l] }}", "Evaluation must nest at most 256 levels deep." },
        { "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}", "A rendering must take at most 5000000 steps." },
        { "{% for i in range(100000) %}{% for j in range(100000) if false %}{% endfor %}{% endfor %}", "A rendering must take at most 5000000 steps." },
        { "{{ range(100001) }}", "A list must have at most 100000 items; 100001 were asked for." },
        { "{{ range(-9223372036854775807, 9223372036854775807) }}", "A list must have at most 100000 items; 4611686018427387903 were asked for." },
        { "{{ [0] * 9223372036854775807 }}", "A list must have at most 100000 items; 2147483647 were asked for." },
        { "{{ 'x' * 9223372036854775807 }}", "A text must have at most 16777216 characters; 2147483647 were asked for." },
        { "{% set ns = namespace(x='xxxxxxxx') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}", "A text must have at most 16777216 characters; 33554432 were asked for." },
        { "{% set ns = namespace(x='xxxxxxxx') %}{% for i in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}", "A text must have at most 16777216 characters; 33554432 were asked for." },
        { "{% set ns = namespace(x=[1, 2]) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}", "A list must have at most 100000 items; 131072 were asked for." },
        { "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}", "A rendering must take at most 5000000 steps." },
        { "{% set a = 'x' * 100000 %}{{ a.replace('x', a) }}", "A text must have at most 16777216 characters; 16800000 were asked for." },
        { "{% set a = ('x' * 100000)|list %}{{ a|join('y' * 100000) }}", "A text must have at most 16777216 characters; 16800168 were asked for." },
        { "{% for i in range(100000) %}{{ 'x' * 1000 }}{% endfor %}", "A text must have at most 16777216 characters; 16778000 were asked for." },
        { "{{ 'x'|center(999999999999) }}", "A text must have at most 16777216 characters; 499999999999 were asked for." },
        { "{{ 'x'.zfill(999999999999) }}", "A text must have at most 16777216 characters; 999999999998 were asked for." },
        { "{{ 'x\ny'|indent(999999999999) }}", "A text must have at most 16777216 characters; 999999999999 were asked for." },
        { "{{ [1]|tojson(indent=999999999999) }}", "A text must have at most 16777216 characters; 999999999999 were asked for." },
        { "{{ [1]|batch(999999999999, 1)|list }}", "A list must have at most 100000 items; 2147483647 were asked for." },
        { "{{ 9 ** 99 ** 99 }}", "The result of '**' must be within 64 bits." },
        { "{% set a = 'a' * 4000000 %}{{ ('a' * 2000000 ~ 'b' ~ 'a' * 1000000) in a }}", "A rendering must take at most 5000000 steps." },
        { "{% set a = 'a' * 1000000 %}{% set b = 'a' * 1000000 %}{% for i in range(100000) %}{{ a == b }}{% endfor %}", "A rendering must take at most 5000000 steps." },
        { "{% set a = 'a' * 1000000 %}{% for i in range(100000) %}{% set x = a[0] %}{% endfor %}", "A rendering must take at most 5000000 steps." },
        { "{% set a = 'a' * 1000000 %}{% for i in range(100000) %}{% set x = {}.get(a) %}{% endfor %}", "A rendering must take at most 5000000 steps." },
        { "{% set a = 'é' * 1000000 %}{% for i in range(100000) %}{% set x = a|length %}{% endfor %}", "A rendering must take at most 5000000 steps." },
    };

    [Theory]
    [MemberData(nameof(DeepTexts))]
    [MemberData(nameof(Bombs))]
    public void A_template_that_asks_for_too_much(string template, string expected)
        => Assert.EndsWith(expected, OnSmallStack(() => Jinja.Error(template)), StringComparison.Ordinal);

    [Fact]
    public void The_deepest_templates_that_are_allowed_fit_a_small_stack()
    {
        var limits = new ChatTemplateLimits { Depth = 512 };
        Assert.Equal("1", OnSmallStack(() => Jinja.Render("{{ " + Repeat("(", 500) + "1" + Repeat(")", 500) + " }}", limits: limits)));
        Assert.Equal("501", OnSmallStack(() => Jinja.Render("{{ 1" + Repeat("+1", 500) + " }}", limits: limits)));
        Assert.EndsWith(
            "Evaluation must nest at most 512 levels deep.",
            OnSmallStack(() => Jinja.Error("{% macro f(x) %}{% for y in [1] %}{% if 1 %}{{ [[f(1)]|map('string')|list]|join }}{% endif %}{% endfor %}{% endmacro %}{{ f(1) }}", limits: limits)),
            StringComparison.Ordinal);
        Assert.EndsWith(
            "A template must nest at most 512 levels deep.",
            OnSmallStack(() => Jinja.Error("{{ " + Repeat("x[-a(not {1:", 80_000), limits: limits)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_of_more_than_a_mebi_of_characters_is_refused()
        => Assert.Equal(
            "t: a template must have at most 1048576 characters; it has 1048577.",
            Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(new string('x', (1 << 20) + 1), name: "t")).Message);

    [Fact]
    public void A_name_of_more_than_256_characters_is_refused()
        => Assert.Equal("1:4 A name must have at most 256 characters.", Jinja.Error("{{ " + new string('x', 257) + " }}"));

    [Fact]
    public void A_million_texts_in_quotes_beside_one_another_are_joined_at_once()
        => Assert.Equal(new string('x', 300_000), Jinja.Render("{{ " + Repeat("'x'", 300_000) + " }}"));

    [Theory]
    [InlineData(0, 256, 1, 1, "Steps must be at least 1. (Parameter 'Steps')\nActual value was 0.")]
    [InlineData(1, 7, 1, 1, "Depth must be at least 8 and at most 512. (Parameter 'Depth')\nActual value was 7.")]
    [InlineData(1, 513, 1, 1, "Depth must be at least 8 and at most 512. (Parameter 'Depth')\nActual value was 513.")]
    [InlineData(1, 8, 0, 1, "TextLength must be at least 1. (Parameter 'TextLength')\nActual value was 0.")]
    [InlineData(1, 8, 1, -1, "Items must be at least 1. (Parameter 'Items')\nActual value was -1.")]
    public void Limits_out_of_range_are_refused(int steps, int depth, int textLength, int items, string expected)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => new ChatTemplateLimits { Steps = steps, Depth = depth, TextLength = textLength, Items = items });
        Assert.Equal(expected, error.Message.ReplaceLineEndings("\n"));
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    [SuppressMessage("Design", "CA1031", Justification = "Handed to the test's own thread.")]
    private static string OnSmallStack(Func<string> run)
    {
        string? result = null;
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = run();
                }
                catch (Exception e)
                {
                    failure = e;
                }
            },
            SmallStack);
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw failure;
    }
}
