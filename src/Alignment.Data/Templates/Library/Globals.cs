using System.Collections.Frozen;

namespace Alignment.Data.Templates;

/// <summary>The functions that every template has.</summary>
internal static class Globals
{
    public static FrozenDictionary<string, Value> All { get; } = new Dictionary<string, Func<Rendering, Arguments, Value>>
    {
        ["range"] = Range,
        ["dict"] = (rendering, arguments) => Value.Of(MapOf(rendering, arguments)),
        ["namespace"] = (rendering, arguments) => Value.Of(new Namespace(MapOf(rendering, arguments))),
        ["cycler"] = (rendering, arguments) => arguments.Positional.Length > 0
            ? Value.Of(new Cycler(arguments.Positional))
            : throw rendering.Error("cycler() needs at least one argument."),
        ["joiner"] = (rendering, arguments) => Value.Of(new Joiner(
            arguments.Bind(rendering, "joiner", 0, "sep") is [{ IsMissing: false } separator] ? separator : Value.Of(", "))),
        ["raise_exception"] = (rendering, arguments) => throw rendering.Error(
            Display.Text(rendering, arguments.Bind(rendering, "raise_exception", 1, "message")[0]), isRaisedByTemplate: true),
        ["strftime_now"] = (rendering, arguments) => rendering.Made(Strftime.Format(
            rendering, rendering.Now(), Require.Text(rendering, arguments.Bind(rendering, "strftime_now", 1, "format")[0], "A date's format"))),
    }.ToFrozenDictionary(entry => entry.Key, entry => Value.Of(new Function(entry.Key, entry.Value)));

    private static Value Range(Rendering rendering, Arguments arguments)
    {
        var bounds = arguments.Bind(rendering, "range", 1, "start", "stop", "step");
        var first = Require.Integer(rendering, bounds[0], "A bound of range()");
        var (start, stop) = bounds[1].IsMissing ? (0, first) : (first, Require.Integer(rendering, bounds[1], "A bound of range()"));
        var step = bounds[2].IsMissing ? 1 : Require.Integer(rendering, bounds[2], "The step of range()");
        if (step == 0)
            throw rendering.Error("The step of range() must not be 0.");

        var distance = step > 0 ? (Int128)stop - start : (Int128)start - stop;
        var size = Int128.Abs(step);
        var count = distance <= 0 ? 0 : (distance + size - 1) / size;
        rendering.ChargeItems((long)Int128.Min(count, long.MaxValue / 2));
        var values = new Value[(int)count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Value.Of(start + (i * step));
        return Value.Of(new Sequence(SequenceForm.Range, values));
    }

    // A mapping or pairs, then named values.
    private static Map MapOf(Rendering rendering, Arguments arguments)
    {
        var given = new Arguments(arguments.Positional, []).Bind(rendering, "dict", 0, "mapping")[0];
        var map = new Map();
        if (given.IsMap)
        {
            rendering.ChargeItems(given.Map.Count);
            map = Map.Copy(given.Map);
        }
        else if (!given.IsMissing)
        {
            foreach (var pair in Iteration.Of(rendering, given))
            {
                var (key, value) = Pair(rendering, pair);
                rendering.Step();
                map.Set(key, value);
            }
        }

        foreach (var (name, value) in arguments.Named)
            map.Set(Value.Of(name), value);
        return map;
    }

    private static (Value Key, Value Value) Pair(Rendering rendering, Value pair)
    {
        var values = Iteration.Of(rendering, pair);
        return values.Length == 2
            ? (Require.Key(rendering, values[0]), values[1])
            : throw rendering.Error($"An item of dict() must be a pair; it had {values.Length} values.");
    }
}
