namespace Alignment.Data.Tests.Templates;

/// <summary>Blocks, loops, macros and their scopes. Expected values are Jinja 3.1's.</summary>
public sealed class StatementTests
{
    private const string Variables = """{"l": [3, 1, 2], "m": {"b": 1, "a": 2}, "nested": [[1, 2], [3, [4, 5]]]}""";

    [Theory]
    // A loop's turn has a scope of its own; an if has none; a namespace reaches out.
    [InlineData("{% set x = 1 %}{% for i in [1, 2] %}{% set x = x + i %}{{ x }}{% endfor %}{{ x }}", "231")]
    [InlineData("{% if true %}{% set y = 1 %}{% endif %}{{ y }}", "1")]
    [InlineData("{% set ns = namespace(c=0) %}{% for i in l %}{% set ns.c = ns.c + i %}{% endfor %}{{ ns.c }}", "6")]
    [InlineData("{% for i in l %}{% if loop.first %}{% set q = 5 %}{% endif %}{{ q is defined }} {% endfor %}", "True False False ")]
    [InlineData("{% set i = 9 %}{% for i in [1] %}{{ i }}{% endfor %}{{ i }}", "19")]
    [InlineData("{% set x = 1 %}{% set y %}{% set x = 2 %}{{ x }}{% endset %}{{ x }}{{ y }}", "12")]
    [InlineData("{% with a = 1 %}{% with a = 2, b = a %}{{ a }}{{ b }}{% endwith %}{{ a }}{% endwith %}{{ a is defined }}", "211False")]
    [InlineData("{% generation %}x{% set g = 1 %}{% endgeneration %}{{ g is defined }}", "xFalse")]
    public void Scopes(string template, string expected) => Assert.Equal(expected, Jinja.Render(template, Variables));

    [Theory]
    [InlineData("{% for i in l %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }} {% endfor %}", "1032TrueFalse 2121FalseFalse 3210FalseTrue ")]
    [InlineData("{% for i in l %}{{ loop.previtem }}<{{ i }}>{{ loop.nextitem }} {% endfor %}", "<3>1 3<1>2 1<2> ")]
    [InlineData("{% for i in l %}{{ loop.cycle('a', 'b') }}{{ loop.changed(i > 1) }} {% endfor %}", "aTrue bTrue aTrue ")]
    [InlineData("{% for i in l if i > 1 %}{{ loop.index }}/{{ loop.length }}:{{ i }}{{ ',' if not loop.last }}{% endfor %}", "1/2:3,2/2:2")]
    [InlineData("{% for i in l if i > 9 %}{{ i }}{% else %}none{% endfor %}", "none")]
    [InlineData("{% for k, v in m.items() %}{{ k }}={{ v }};{% endfor %}{% for (k, v) in m|dictsort %}{{ k }}{% endfor %}", "b=1;a=2;ab")]
    [InlineData("{% for i in range(10) %}{% if i == 3 %}{% continue %}{% endif %}{% if i == 6 %}{% break %}{% endif %}{{ i }}{% endfor %}", "01245")]
    [InlineData("{% for i in nested recursive %}{% if i is iterable %}[{{ loop(i) }}]{{ loop.depth }}{% else %}{{ i }}{% endif %}{% endfor %}", "[12]1[3[45]2]1")]
    [InlineData("{% for i in l %}{% for j in l %}{{ loop.index }}{% endfor %}-{{ loop.index }} {% endfor %}", "123-1 123-2 123-3 ")]
    [InlineData("{% for c in 'a👍' %}{{ c }}.{% endfor %}{% for k in m %}{{ k }}{% endfor %}{% for x in nothing %}{% else %}E{% endfor %}", "a.👍.baE")]
    [InlineData("{% set ns = namespace(found=false) %}{% for i in l if not ns.found %}{{ i }}{% set ns.found = true %}{% endfor %}", "3")]
    [InlineData("{% for i in l %}{% break %}{% else %}E{% endfor %}", "E")]
    public void Loops(string template, string expected) => Assert.Equal(expected, Jinja.Render(template, Variables));

    [Theory]
    [InlineData("{% macro f(a, b=2) %}{{ a }}-{{ b }};{% endmacro %}{{ f(1) }}{{ f(1, 3) }}{{ f(b=5, a=4) }}{{ f() }}", "1-2;1-3;4-5;-2;")]
    [InlineData("{% macro f(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ f(1) }}", "11")]
    [InlineData("{% macro f() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ f(1, 2, x=3) }}", "(1, 2){'x': 3}")]
    [InlineData("{% macro f(n) %}{% if n > 0 %}{{ n }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(5) }}", "54321")]
    [InlineData("{% macro f() %}{{ later }}{% endmacro %}{% set later = 3 %}{{ f() }}", "3")]
    [InlineData("{% macro f() %}<{{ caller(3) }}>{% endmacro %}{% call(x) f() %}b{{ x }}{% endcall %}", "<b3>")]
    [InlineData("{% macro f(x) %}{{ x }}{% endmacro %}{{ f(*[1]) }}{{ f(**{'x': 2}) }}{{ f.name }}", "12f")]
    [InlineData("{% for i in l %}{% macro g() %}{{ i }}{% endmacro %}{{ g() }}{% endfor %}", "312")]
    public void Macros(string template, string expected) => Assert.Equal(expected, Jinja.Render(template, Variables));

    [Theory]
    [InlineData("{% set a, b = 1, 2 %}{{ a }}{{ b }}{% set x = 1, %}{{ x }}", "12(1,)")]
    [InlineData("{% set ns = namespace() %}{% set ns.a, ns.b = [1, 2] %}{{ ns.a }}{{ ns.b }}", "12")]
    [InlineData("{% set x | upper | trim %} ab {% endset %}[{{ x }}]", "[AB]")]
    [InlineData("{% filter replace('a', 'b')|upper %}abc{% endfilter %}", "BBC")]
    [InlineData("{% if 0 %}A{% elif 1 %}B{% else %}C{% endif %}{% if 0 %}A{% elif 0 %}B{% else %}C{% endif %}", "BC")]
    [InlineData("{% set j = joiner(', ') %}{% for i in l %}{{ j() }}{{ i }}{% endfor %}", "3, 1, 2")]
    [InlineData("{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.current }}{{ c.next() }}{{ c.next() }}", "abba")]
    [InlineData("{% if false %}{{ 1|unheard_of }}{% endif %}ok", "ok")]
    public void Assignments_and_blocks(string template, string expected) => Assert.Equal(expected, Jinja.Render(template, Variables));
}
