namespace Alignment.Data.Tests.Templates;

public sealed class TemplateErrorTests
{
    [Theory]
    [InlineData("{{ 1", "1:5 Expected '}}'; found the end of the template.")]
    [InlineData("{{ }}", "1:4 Expected an expression; found '}}'.")]
    [InlineData("a\n b {{ 1 2 }}", "2:9 Expected '}}'; found a number.")]
    [InlineData("{{ 'a }}", "1:4 A text in quotes must end with '.")]
    [InlineData("x {# y", "1:3 A comment must end with '#}'.")]
    [InlineData("{% raw %}", "1:1 '{% raw %}' must end with '{% endraw %}'.")]
    [InlineData("{% if 1 %}", "1:11 The template ends where '{% elif %}' or '{% else %}' or '{% endif %}' is missing.")]
    [InlineData("{{ (1 }}", "1:7 Unexpected '}'; expected ')'.")]
    [InlineData("{{ 1) }}", "1:5 Unexpected ')'.")]
    [InlineData("{{ a ? b }}", "1:6 A tag must not hold the character '?' outside of quotes.")]
    [InlineData("{% set true = 2 %}", "1:8 'true' must not be set.")]
    [InlineData("{{ f(a=1, 2) }}", "1:11 Arguments must come in this order: by place, one '*', by name, one '**'.")]
    [InlineData("{% macro f(a=1, b) %}{% endmacro %}", "1:18 A parameter without a default must not follow one with a default.")]
    [InlineData("{% break %}", "1:1 'break' must stand in a loop, with no other block between that makes a text of its own.")]
    [InlineData("{{ 99999999999999999999 }}", "1:4 An integer must be within 64 bits.")]
    [InlineData("{{ '\\N{DASH}' }}", "1:5 A character must not be named by \\N; write it, or its number as \\uXXXX.")]
    [InlineData("{{ '\\u12' }}", "1:5 '\\u' must be followed by the 4 hexadecimal digits of a character.")]
    [InlineData("{% include 'x' %}", "1:4 The tag 'include' is not supported here; supported are if, for, set, macro, call, filter, with, generation, break, continue and raw.")]
    [InlineData("{% import 'os' as x %}", "1:4 The tag 'import' is not supported here; supported are if, for, set, macro, call, filter, with, generation, break, continue and raw.")]
    public void A_malformed_template(string template, string expected) => Assert.Equal(expected, Jinja.Error(template));

    [Theory]
    [InlineData("{{ x.y }}", "1:5 'x' is undefined.")]
    [InlineData("{{ m.a.b }}", "1:7 'dict object' has no attribute 'a'.")]
    [InlineData("{{ l[5].role }}", "1:8 'list object' has no element 5.")]
    [InlineData("{{ none.a.b }}", "1:10 'None' has no attribute 'a'.")]
    [InlineData("{{ 'a' + 1 }}", "1:8 '+' is not supported between str and int.")]
    [InlineData("{{ 1 < 'a' }}", "1:4 '<' is not supported between int and str.")]
    [InlineData("\n{{ 1 // 0 }}", "2:6 A divisor must not be 0.")]
    [InlineData("{{ 2 ** 64 }}", "1:6 The result of '**' must be within 64 bits.")]
    [InlineData("{{ 1 in 2 }}", "1:4 What is gone through must be a list, a mapping or a text; was int.")]
    [InlineData("{% for x in none %}{% endfor %}", "1:1 What is gone through must be a list, a mapping or a text; was None.")]
    [InlineData("{% for a, b in [[1]] %}{% endfor %}", "1:8 2 names must get as many values; 1 came.")]
    [InlineData("{{ l() }}", "1:5 What is called must be a function or a macro; was list.")]
    [InlineData("{{ x() }}", "1:5 'x' is undefined.")]
    [InlineData("{{ 'a'.upper(1) }}", "1:13 The method() takes at most 0 arguments; 1 were given.")]
    [InlineData("{{ l|join(x=1) }}", "1:6 join() has no argument 'x'.")]
    [InlineData("{{ 'a'|replace('a') }}", "1:8 replace() needs the argument 'new'.")]
    [InlineData("{% macro f() %}{% endmacro %}{{ f(1) }}", "1:34 f() takes at most 0 arguments; 1 were given.")]
    [InlineData("{% set m.x = 1 %}", "1:8 Only a namespace's members can be set; 'm' is dict.")]
    [InlineData("{{ x|tojson }}", "1:6 What is written as JSON must be a mapping, a list, a text, a number, true, false or none; was Undefined.")]
    [InlineData("{{ l|map('upper')|length }}", "1:19 What is counted must be a text, a list or a mapping; was generator.")]
    [InlineData("{{ {[]: 1} }}", "1:5 A key must be a text, a number, true, false or none; was list.")]
    public void A_template_that_fails(string template, string expected)
        => Assert.Equal(expected, Jinja.Error(template, """{"m": {}, "l": [1]}"""));

    [Fact]
    public void An_unknown_filter_or_test_is_named_with_those_that_there_are()
    {
        Assert.StartsWith("1:8 There is no filter 'shell' here; there are abs, attr, batch, capitalize,", Jinja.Error("{{ 'a'|shell }}"), StringComparison.Ordinal);
        Assert.StartsWith("1:9 There is no test 'prime' here; there are !=, <, <=,", Jinja.Error("{{ 1 is prime }}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ l.append(2) }}", "Access to the attribute 'append' of 'list object' is not allowed.")]
    [InlineData("{{ m.update({}) }}", "Access to the attribute 'update' of 'dict object' is not allowed.")]
    [InlineData("{{ ''.__class__.__mro__ }}", "Access to the attribute '__class__' of 'str object' is not allowed.")]
    [InlineData("{{ ''['__class__'].x }}", "Access to the attribute '__class__' of 'str object' is not allowed.")]
    [InlineData("{{ (''|attr('__class__')).x }}", "Access to the attribute '__class__' of 'str object' is not allowed.")]
    [InlineData("{{ range.__globals__.x }}", "Access to the attribute '__globals__' of 'function object' is not allowed.")]
    [InlineData("{{ cycler.__init__.__globals__.os }}", "Access to the attribute '__init__' of 'function object' is not allowed.")]
    [InlineData("{{ 'a'.GetType().Assembly }}", "'str object' has no attribute 'GetType'.")]
    [InlineData("{{ messages.Count + 1 }}", "'list object' has no attribute 'Count'.")]
    public void Nothing_outside_of_the_values_can_be_reached(string template, string expected)
        => Assert.EndsWith(' ' + expected, Jinja.Error(template, """{"m": {}, "l": [1]}"""), StringComparison.Ordinal);

    [Fact]
    public void A_template_refuses_in_its_own_words()
    {
        var template = ChatTemplate.Parse("a\n{{ raise_exception('No system role: ' ~ 1) }}", name: "model/chat_template.jinja");

        var error = Assert.Throws<ChatTemplateException>(() => template.Render(Jinja.Hello, false));

        Assert.True(error.IsRaisedByTemplate);
        Assert.Equal("No system role: 1", error.Reason);
        Assert.Equal(("model/chat_template.jinja", 2, 19), (error.TemplateName, error.Line, error.Column));
        Assert.Equal("model/chat_template.jinja, line 2, column 19: No system role: 1", error.Message);
    }
}
