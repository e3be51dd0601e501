namespace Alignment.Data.Tests.Templates;

/// <summary>White space around tags, as Jinja 3.1 leaves it with trim_blocks and lstrip_blocks.</summary>
public sealed class WhitespaceTests
{
    [Theory]
    // A tag takes the line break after it and the blanks before it, if it begins its line.
    [InlineData("a\n  {% if true %}\nb\n  {% endif %}\nc", "a\nb\nc")]
    [InlineData("a {% if true %} b {% endif %} c", "a  b  c")]
    [InlineData("\t{% if true %}a{% endif %}\t\n", "a\t")]
    [InlineData("{% if 1 %}{% endif %}\n\n\nx", "\n\nx")]
    [InlineData("  {# x #}  {# y #}\nz", "  z")]
    [InlineData("{#  \n #}\n\nx", "\nx")]
    // A value keeps what is around it.
    [InlineData("  {{ 1 }}\n{{ 2 }}\n", "  1\n2")]
    // '-' takes all white space at its side, '+' keeps what the rules above would take.
    [InlineData("a \n {%- if true -%} \n b \n {%- endif -%} \n c", "abc")]
    [InlineData("a\n  {%+ if true %}b{% endif +%}\nc", "a\n  b\nc")]
    [InlineData("a {{- ' b ' -}} c", "a b c")]
    [InlineData("a  {#- x -#}  b", "ab")]
    [InlineData("{{-1}}", "1")]
    [InlineData("{{ -1 }}", "-1")]
    // Line ends become \n, and the last one goes.
    [InlineData("a\n", "a")]
    [InlineData("a\n\n", "a\n")]
    [InlineData("a\r\nb\rc\r\n", "a\nb\nc")]
    // Raw text is no template.
    [InlineData("{% raw %}\n {{ x }} {% endraw %}\ny", "\n {{ x }} y")]
    [InlineData("  {%- raw -%} \n {{ x }} {%- endraw -%} \n y", "{{ x }}y")]
    [InlineData("{% raw %}{% if %}{# {% endraw %}", "{% if %}{# ")]
    // What looks like an end inside quotes or brackets is none.
    [InlineData("{{ '}}' }}{% set x = {'a': '%}'} %}{{ x.a }}{{ {'a': {'b': 1}}.a.b }}", "}}%}1")]
    [InlineData("{ { x } } {", "{ { x } } {")]
    public void White_space_around_tags(string template, string expected) => Assert.Equal(expected, Jinja.Render(template));
}
