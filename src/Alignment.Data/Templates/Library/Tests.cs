using System.Collections.Frozen;

namespace Alignment.Data.Templates;

/// <summary>A function of the library that says yes or no.</summary>
internal delegate bool Test(Rendering rendering, Value value, Arguments arguments);

/// <summary>The tests that follow <c>is</c>.</summary>
internal static class Tests
{
    private static readonly FrozenDictionary<string, Test> All = new Dictionary<string, Test>
    {
        ["defined"] = Plain(value => !value.IsUndefined),
        ["undefined"] = Plain(value => value.IsUndefined),
        ["none"] = Plain(value => value.IsNone),
        ["boolean"] = Plain(value => value.Kind == ValueKind.Boolean),
        ["true"] = Plain(value => value.Kind == ValueKind.Boolean && value.Boolean),
        ["false"] = Plain(value => value.Kind == ValueKind.Boolean && !value.Boolean),
        ["integer"] = Plain(value => value.Kind == ValueKind.Integer),
        ["float"] = Plain(value => value.Kind == ValueKind.Float),
        ["number"] = Plain(value => value.IsNumber),
        ["string"] = Plain(value => value.IsText),
        ["mapping"] = Plain(value => value.IsMap),
        ["sequence"] = Plain(value =>
            value.Kind is ValueKind.Text or ValueKind.Map or ValueKind.Undefined || (value.Kind == ValueKind.Sequence && value.Sequence.IsIndexed)),
        ["iterable"] = Plain(Iteration.Can),
        ["callable"] = Plain(value => value.IsUndefined || (value.Kind == ValueKind.Thing && value.Thing is Callable)),
        ["lower"] = (rendering, value, _) => PythonText.IsLower(Shown(rendering, value)),
        ["upper"] = (rendering, value, _) => PythonText.IsUpper(Shown(rendering, value)),
        ["odd"] = (rendering, value, _) => Rest(rendering, value, Value.Of(2)) == 1,
        ["even"] = (rendering, value, _) => Rest(rendering, value, Value.Of(2)) == 0,
        ["divisibleby"] = (rendering, value, arguments) => Rest(rendering, value, Other(rendering, arguments, "divisibleby")) == 0,
        ["sameas"] = (rendering, value, arguments) => Value.AreSame(value, Other(rendering, arguments, "sameas")),
        ["in"] = Compares("in"),
        ["filter"] = (rendering, value, _) => Filters.Find(Require.Text(rendering, value, "A filter's name")) is not null,
        ["test"] = (rendering, value, _) => Find(Require.Text(rendering, value, "A test's name")) is not null,
        ["eq"] = Compares("=="),
        ["equalto"] = Compares("=="),
        ["=="] = Compares("=="),
        ["ne"] = Compares("!="),
        ["!="] = Compares("!="),
        ["lt"] = Compares("<"),
        ["lessthan"] = Compares("<"),
        ["<"] = Compares("<"),
        ["le"] = Compares("<="),
        ["<="] = Compares("<="),
        ["gt"] = Compares(">"),
        ["greaterthan"] = Compares(">"),
        [">"] = Compares(">"),
        ["ge"] = Compares(">="),
        [">="] = Compares(">="),
    }.ToFrozenDictionary();

    public static Test? Find(string name) => All.GetValueOrDefault(name);

    public static string Unknown(string name) => $"There is no test '{name}' here; there are {string.Join(", ", All.Keys.Order(StringComparer.Ordinal))}.";

    private static Test Plain(Predicate<Value> holds) => (rendering, value, arguments) =>
    {
        arguments.Bind(rendering, "A test", 0);
        return holds(value);
    };

    private static Test Compares(string sign)
        => (rendering, value, arguments) => Comparison.Holds(rendering, sign, value, Other(rendering, arguments, sign));

    private static Value Other(Rendering rendering, Arguments arguments, string test) => arguments.Bind(rendering, test, 1, "other")[0];

    private static string Shown(Rendering rendering, Value value)
    {
        var text = Display.Text(rendering, value);
        rendering.Charge(text.Length);
        return text;
    }

    private static double Rest(Rendering rendering, Value value, Value divisor) => Arithmetic.Apply(rendering, "%", value, divisor).Number;
}
