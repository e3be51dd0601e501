namespace Alignment.Data.Tests.Templates;

/// <summary>Expressions with Python's meaning. Expected values are Python's and Jinja 3.1's.</summary>
public sealed class ExpressionTests
{
    private const string Variables =
        """
        {"s": "Hello World", "u": "a👍🏽é漢", "n": 7, "l": [3, 1, 2], "none": null,
         "m": {"b": 1, "items": "key", "c d": {"k": "v"}}, "q": "it's \"q\" \\ \u00a0\u0007"}
        """;

    [Theory]
    // Numbers: division rounds down, the remainder has the divisor's sign.
    [InlineData("1 + 2 * 3 ** 2", "19")]
    [InlineData("2 ** 3 ** 2", "64")]
    [InlineData("7 / 2", "3.5")]
    [InlineData("4 / 2", "2.0")]
    [InlineData("-7 // 2", "-4")]
    [InlineData("-7 % 3", "2")]
    [InlineData("7 % -3", "-2")]
    [InlineData("-7.5 % 2", "0.5")]
    [InlineData("2 ** -1", "0.5")]
    [InlineData("true + true", "2")]
    [InlineData("1_000 + 0x1F + 0b11 + 0o17", "1049")]
    [InlineData("- -1", "1")]
    // Floats print as Python prints them.
    [InlineData("0.1 + 0.2", "0.30000000000000004")]
    [InlineData("1e16", "1e+16")]
    [InlineData("123456789012345.0", "123456789012345.0")]
    [InlineData("1e-5", "1e-05")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("1e308 * 10", "inf")]
    // Texts and lists.
    [InlineData("'a' ~ 1 ~ 2.0 ~ none ~ true ~ [1, 'x']", "a12.0NoneTrue[1, 'x']")]
    [InlineData("'ab' * 3", "ababab")]
    [InlineData("[1] + [2] * 2", "[1, 2, 2]")]
    [InlineData("'a' 'b' \"c\"", "abc")]
    [InlineData(@"'\x41\u00e9\101\q\''", @"AéA\q'")]
    [InlineData("[q]", @"['it\'s ""q"" \\ \xa0\x07']")]
    [InlineData("['it\\'s']", "[\"it's\"]")]
    [InlineData("{'a': none, 1: true}", "{'a': None, 1: True}")]
    [InlineData("((1,), ())", "((1,), ())")]
    [InlineData("'%s and %d, %.2f%%' % ('x', 5, 1.005)", "x and 5, 1.00%")]
    // Code points, not UTF-16 units.
    [InlineData("u|length", "5")]
    [InlineData("u[1]", "👍")]
    [InlineData("u[-1] ~ u[3:]", "漢é漢")]
    [InlineData("u[::-1]", "漢é🏽👍a")]
    [InlineData("u.find('é')", "3")]
    // Items, slices and members: a method goes before an entry of its name, a subscript takes the entry.
    [InlineData("l[-1] ~ l[1:] ~ l[::-1] ~ l[:-5:-1] ~ l[5:]", "2[1, 2][2, 1, 3][2, 1, 3][]")]
    [InlineData("m['items'] ~ m.b ~ m['c d'].k ~ l.0", "key1v3")]
    [InlineData("m.items()|length", "3")]
    [InlineData("m.get('zz') ~ m.get('zz', 4)", "None4")]
    [InlineData("m.zz is defined or l[9] is defined", "False")]
    // Comparisons chain; kinds that have no order are equal or not.
    [InlineData("1 < 2 < 3 and not 1 < 3 < 2", "True")]
    [InlineData("1 == 1.0 and true == 1 and '1' != 1 and [1] != (1,)", "True")]
    [InlineData("[1, 2] < [1, 3] and 'a' < 'b'", "True")]
    [InlineData("'\uffff' < '\U00010000'", "True")]
    [InlineData("'lo' in s and 2 in l and 'b' in m and 'x' not in m and 1 not in none_such", "True")]
    // and, or, if give a value, not a truth.
    [InlineData("0 or '' or 'x'", "x")]
    [InlineData("1 and [] or 3", "3")]
    [InlineData("'a' if false", "")]
    [InlineData("1 if 0 else 2 if 0 else 3", "3")]
    [InlineData("not 1 == 2", "True")]
    // Filters bind tighter than operators, also than a sign's operand.
    [InlineData("'a' ~ 'b'|upper", "aB")]
    [InlineData("-1|abs", "1")]
    [InlineData("1 + 2 is even", "2")]
    // An undefined value prints as nothing, is false, empty, and equal to another.
    [InlineData("x ~ (x|length) ~ x|list ~ (x == y) ~ (x == none)", "0[]TrueFalse")]
    // Dictionaries: 1, 1.0 and true are one key, and order is kept.
    [InlineData("{1: 'a', 'z': 0, 1.0: 'b'}", "{1: 'b', 'z': 0}")]
    [InlineData("dict([('a', 1)], b=2)", "{'a': 1, 'b': 2}")]
    [InlineData("range(5)|list ~ range(2, 10, 3)|list ~ range(5, 0, -2)|list ~ range(-3)|list", "[0, 1, 2, 3, 4][2, 5, 8][5, 3, 1][]")]
    public void An_expression_means_what_it_means_in_Python(string expression, string expected)
        => Assert.Equal(expected, Jinja.Render("{{ " + expression + " }}", Variables));

    [Theory]
    [InlineData("none", "null", "0 ''")]
    [InlineData("string", "'' 'a'", "1 null [] {}")]
    [InlineData("number", "1 1.5 true", "'1' null")]
    [InlineData("integer", "1", "true 1.0")]
    [InlineData("float", "1.0", "1 true")]
    [InlineData("boolean", "true false", "0 1 null")]
    [InlineData("true", "true", "1 'a'")]
    [InlineData("mapping", "{}", "[] ''")]
    [InlineData("sequence", "[] '' {}", "1 null")]
    [InlineData("iterable", "[] '' {}", "1 null")]
    [InlineData("odd", "1 -1", "2 0")]
    [InlineData("lower", "'ab1'", "'Ab' '1'")]
    [InlineData("divisibleby(3)", "3 0", "4")]
    [InlineData("in([1])", "1 1.0", "2")]
    [InlineData("eq 1", "1", "2")]
    [InlineData("gt(1)", "2", "1")]
    public void A_test_holds_for_some_and_not_for_others(string test, string yes, string no)
    {
        foreach (var value in yes.Split(' '))
            Assert.Equal("True False", Jinja.Render($"{{{{ v is {test} }}}} {{{{ v is not {test} }}}}", $$"""{"v": {{value.Replace('\'', '"')}}}"""));
        foreach (var value in no.Split(' '))
            Assert.Equal("False", Jinja.Render($"{{{{ v is {test} }}}}", $$"""{"v": {{value.Replace('\'', '"')}}}"""));
    }
}
