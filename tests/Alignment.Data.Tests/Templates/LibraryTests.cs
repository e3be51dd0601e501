namespace Alignment.Data.Tests.Templates;

/// <summary>Filters and methods. Expected values are Python's and Jinja 3.1's.</summary>
public sealed class LibraryTests
{
    private const string Variables =
        """
        {"l": [3, 1, 2], "ls": ["b", "a", "C"], "m": {"b": 1, "A": [1, null, true, 1.5, "é<"]}, "ws": " \t x y \n",
         "ms": [{"role": "user", "n": 1}, {"role": "assistant", "n": 2}, {"role": "user"}]}
        """;

    [Theory]
    [InlineData("x|default('d') ~ ''|d('d') ~ ''|d('d', true)", "dd")]
    [InlineData("ws|trim ~ '|' ~ 'xxaxx'|trim('x')", "x y|a")]
    [InlineData("'they''re'|upper ~ 'ÀB'|lower ~ 'aBC'|capitalize", "THEYREàbAbc")]
    [InlineData("\"they're bill's-one (two)\"|title", "They're Bill's-One (Two)")]
    [InlineData("'aaa'|replace('a', 'b', 2) ~ 'ab'|replace('', '-') ~ 1|replace('1', '2')", "bba-a-b-2")]
    [InlineData("'a\nb\n\nc'|indent(2)", "a\n  b\n\n  c")]
    [InlineData("'a\nb\n\nc'|indent('> ', true, true)", "> a\n> b\n> \n> c")]
    [InlineData("'<a & \"b\">'|e", "&lt;a &amp; &#34;b&#34;&gt;")]
    [InlineData("'foo bar baz qux'|truncate(9)", "foo...")]
    [InlineData("'foo bar baz qux'|truncate(9, true)", "foo ba...")]
    [InlineData("'a b_c d'|wordcount", "3")]
    [InlineData("'%s-%r'|format('a', 'b')", "a-'b'")]
    [InlineData("'3.7'|int ~ 'x'|int(5) ~ ' 42 '|int ~ 2.9|int ~ none|int", "354220")]
    [InlineData("'1e3'|float ~ 'x'|float(1.5)", "1000.01.5")]
    [InlineData("2.5|round ~ 3.5|round ~ 0.125|round(2) ~ 2.675|round(2) ~ 2.71|round(1, 'floor') ~ 25|round", "2.04.00.122.672.725")]
    [InlineData("[l|first, l|last, ls|min, ls|max, l|sum, l|sum(start=10)]", "[3, 2, 'a', 'C', 6, 16]")]
    [InlineData("l|sort ~ l|sort(reverse=true) ~ ls|sort ~ ls|sort(case_sensitive=true)", "[1, 2, 3][3, 2, 1]['a', 'b', 'C']['C', 'a', 'b']")]
    [InlineData("m|dictsort|map('first')|list ~ m|items|map('first')|join('/')", "['A', 'b']b/A")]
    [InlineData("l|reverse|list ~ 'abc'|reverse", "[2, 1, 3]cba")]
    [InlineData("['a', 'A', 'b', 1, 1.0]|unique|list", "['a', 'b', 1]")]
    [InlineData("l|batch(2, '-')|list", "[[3, 1], [2, '-']]")]
    [InlineData("l|join('-') ~ ms|join(',', attribute='role')", "3-1-2user,assistant,user")]
    [InlineData("ls|map('upper')|list ~ ls|map('replace', 'a', 'z')|join", "['B', 'A', 'C']bzC")]
    [InlineData("ms|map(attribute='role')|unique|join(' ') ~ ms|map(attribute='n', default='?')|join", "user assistant12?")]
    [InlineData("ms|selectattr('role', 'equalto', 'user')|list|length ~ ms|selectattr('n')|map(attribute='n')|list", "2[1, 2]")]
    [InlineData("ms|rejectattr('role', '==', 'user')|map(attribute='n')|first ~ ms|selectattr('n', 'undefined')|list", "2[{'role': 'user'}]")]
    [InlineData("l|select('odd')|list ~ l|reject('gt', 1)|list ~ [0, 1, '']|select|list", "[3, 1][1][1]")]
    [InlineData("m|tojson", "{\"b\": 1, \"A\": [1, null, true, 1.5, \"é<\"]}")]
    [InlineData("m|tojson(separators=(',', ':'), sort_keys=true, ensure_ascii=true)", "{\"A\":[1,null,true,1.5,\"\\u00e9<\"],\"b\":1}")]
    [InlineData("[[], {}, {'a': [1]}]|tojson(indent=2)", "[\n  [],\n  {},\n  {\n    \"a\": [\n      1\n    ]\n  }\n]")]
    [InlineData("{1: 2, none: 3, true: 4, 1.5: '\\\\\\n'}|tojson", "{\"1\": 4, \"null\": 3, \"1.5\": \"\\\\\\n\"}")]
    public void A_filter(string expression, string expected) => Assert.Equal(expected, Jinja.Render("{{ " + expression + " }}", Variables));

    [Theory]
    [InlineData("'xxaxx'.strip('x') ~ ' a '.lstrip() ~ ' a '.rstrip() ~ '|'", "aa  a|")]
    [InlineData("'👍a👍'.strip('👍')", "a")]
    [InlineData("'a</think>b</think>c'.split('</think>')[-1]", "c")]
    [InlineData("ws.split() ~ 'a,b,,c'.split(',') ~ 'a b  c '.split(none, 1) ~ 'a.b.c'.rsplit('.', 1)", "['x', 'y']['a', 'b', '', 'c']['a', 'b  c ']['a.b', 'c']")]
    [InlineData("'a\nb\r\nc\n'.splitlines()", "['a', 'b', 'c']")]
    [InlineData("'abc'.startswith('ab') ~ 'abc'.endswith(('x', 'c')) ~ 'abc'.startswith('b', 1)", "TrueTrueTrue")]
    [InlineData("\"they're\".title() ~ 'aBC'.capitalize() ~ 'ab'.upper() ~ 'AB'.lower()", "They'ReAbcABab")]
    [InlineData("'aXbX'.replace('X', '-', 1) ~ 'pre-x'.removeprefix('pre-') ~ 'x.py'.removesuffix('.py')", "a-bXxx")]
    [InlineData("'a=b=c'.partition('=') ~ 'a=b=c'.rpartition('=')", "('a', '=', 'b=c')('a=b', '=', 'c')")]
    [InlineData("[ 'hello'.find('l'), 'hello'.rfind('l'), 'hello'.find('z'), 'hello'.count('l'), 'hello'.index('o'), 'hello'.find('l', 3) ]", "[2, 3, -1, 2, 4, 3]")]
    [InlineData("','.join(['a', 'b']) ~ '-42'.zfill(6) ~ 'a'.ljust(3, '.') ~ 'a'.rjust(3, '.') ~ 'abc'.center(8, '*')", "a,b-00042a....a**abc***")]
    [InlineData("'{} {0} {x} {{}}'.format('a', x=1)", "a a 1 {}")]
    [InlineData("['1'.isdigit(), 'a1'.isalnum(), 'é'.isalpha(), ''.isalpha(), ' '.isspace(), 'AB'.isupper(), 'a'.islower()]", "[True, True, True, False, True, True, True]")]
    [InlineData("l.index(1) ~ l.count(3) ~ m.keys()|list ~ m.values()|first", "11['b', 'A']1")]
    public void A_method(string expression, string expected) => Assert.Equal(expected, Jinja.Render("{{ " + expression + " }}", Variables));

    [Fact]
    public void What_a_filter_generates_can_be_gone_through_once()
        => Assert.Equal("user;", Jinja.Render("{% set g = ms[:1]|map(attribute='role') %}{% for r in g %}{{ r }};{% endfor %}{% for r in g %}{{ r }}{% endfor %}", Variables));

    [Fact]
    public void Everything_that_Python_calls_white_space_is_stripped()
        => Assert.Equal("x", Jinja.Render("{{ v.strip() }}", """{"v": "\u001c\u0085\u00a0\u2003\u3000x\u2028\u001f"}"""));
}
