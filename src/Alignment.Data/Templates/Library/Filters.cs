using System.Collections.Frozen;

namespace Alignment.Data.Templates;

/// <summary>The filters that follow <c>|</c>.</summary>
internal static class Filters
{
    private static readonly FrozenDictionary<string, Method> All = new Dictionary<string, Method>
    {
        ["default"] = Default,
        ["d"] = Default,
        ["length"] = Length,
        ["count"] = Length,
        ["string"] = (rendering, value, _) => Value.Of(Display.Text(rendering, value)),
        ["safe"] = (rendering, value, _) => Value.Of(Display.Text(rendering, value)),
        ["attr"] = Member,
        ["tojson"] = ToJson,

        ["trim"] = TextFilters.Trim,
        ["upper"] = TextFilters.Changes(PythonText.Upper),
        ["lower"] = TextFilters.Changes(PythonText.Lower),
        ["title"] = TextFilters.Changes(PythonText.TitleByWords),
        ["capitalize"] = TextFilters.Changes(PythonText.Capitalize),
        ["replace"] = TextFilters.Replace,
        ["indent"] = TextFilters.Indent,
        ["escape"] = TextFilters.Escape,
        ["e"] = TextFilters.Escape,
        ["forceescape"] = TextFilters.Escape,
        ["format"] = (rendering, value, arguments) =>
            PercentFormat.Apply(rendering, Display.Text(rendering, value), Sequence.Tuple(arguments.Positional)),
        ["truncate"] = TextFilters.Truncate,
        ["wordcount"] = TextFilters.CountWords,
        ["center"] = TextFilters.Center,

        ["int"] = NumberFilters.Int,
        ["float"] = NumberFilters.Float,
        ["abs"] = NumberFilters.Abs,
        ["round"] = NumberFilters.Round,

        ["join"] = ListFilters.Join,
        ["first"] = ListFilters.First,
        ["last"] = ListFilters.Last,
        ["list"] = (rendering, value, _) => Sequence.List(ListFilters.Copy(rendering, value)),
        ["items"] = ListFilters.Items,
        ["dictsort"] = ListFilters.SortMap,
        ["sort"] = ListFilters.Sort,
        ["reverse"] = ListFilters.Reverse,
        ["unique"] = ListFilters.Unique,
        ["batch"] = ListFilters.Batch,
        ["sum"] = ListFilters.Sum,
        ["min"] = (rendering, value, arguments) => ListFilters.Extreme(rendering, value, arguments, "min", sign: -1),
        ["max"] = (rendering, value, arguments) => ListFilters.Extreme(rendering, value, arguments, "max", sign: 1),

        ["map"] = Selection.Map,
        ["select"] = (rendering, value, arguments) => Selection.Select(rendering, value, arguments, keeps: true),
        ["reject"] = (rendering, value, arguments) => Selection.Select(rendering, value, arguments, keeps: false),
        ["selectattr"] = (rendering, value, arguments) => Selection.SelectByMember(rendering, value, arguments, keeps: true),
        ["rejectattr"] = (rendering, value, arguments) => Selection.SelectByMember(rendering, value, arguments, keeps: false),
    }.ToFrozenDictionary();

    public static Method? Find(string name) => All.GetValueOrDefault(name);

    public static string Unknown(string name)
        => $"There is no filter '{name}' here; there are {string.Join(", ", All.Keys.Order(StringComparer.Ordinal))}.";

    private static Value Default(Rendering rendering, Value value, Arguments arguments)
    {
        var bound = arguments.Bind(rendering, "default", 0, "default_value", "boolean");
        var isMissing = value.IsUndefined || (Truth.Of(bound[1]) && !Truth.Of(value));
        return !isMissing ? value : bound[0].IsMissing ? Value.EmptyText : bound[0];
    }

    // A method or member; unlike value.name, never an entry.
    private static Value Member(Rendering rendering, Value value, Arguments arguments)
    {
        var name = Require.Text(rendering, arguments.Bind(rendering, "attr", 1, "name")[0], "A member's name");
        return value.IsMap && Methods.Find(value, name) is null
            ? Value.UndefinedOf(Names.OfObject(value), name)
            : Attribute.Of(rendering, value, name);
    }

    private static Value Length(Rendering rendering, Value value, Arguments arguments)
    {
        arguments.Bind(rendering, "length", 0);
        return Value.Of(Iteration.Length(rendering, value));
    }

    // As transformers defines it: nothing is escaped for HTML.
    private static Value ToJson(Rendering rendering, Value value, Arguments arguments)
    {
        var bound = arguments.Bind(rendering, "tojson", 0, "ensure_ascii", "indent", "separators", "sort_keys");
        string? indent = null;
        if (!bound[1].IsMissing && !bound[1].IsNone)
        {
            indent = bound[1].IsText
                ? bound[1].Text
                : new BoundedText(rendering).Append(' ', Require.Integer(rendering, bound[1], "The indent of tojson()")).ToString();
        }

        var (item, key) = (indent is null ? ", " : ",", ": ");
        if (!bound[2].IsMissing && !bound[2].IsNone)
        {
            var separators = Iteration.Of(rendering, bound[2]);
            if (separators.Length != 2)
                throw rendering.Error($"The separators of tojson() must be two; {separators.Length} were given.");
            item = Require.Text(rendering, separators[0], "A separator of tojson()");
            key = Require.Text(rendering, separators[1], "A separator of tojson()");
        }

        return Value.Of(new Json(rendering, Truth.Of(bound[0]), indent, item, key, Truth.Of(bound[3])).Write(value));
    }
}
