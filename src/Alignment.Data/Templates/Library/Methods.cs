using System.Collections.Frozen;

namespace Alignment.Data.Templates;

/// <summary>The methods of texts, lists and mappings. Those that would change a list or mapping are not allowed, as in Jinja's sandbox.</summary>
internal static class Methods
{
    private static readonly FrozenDictionary<string, Method> OfMap = new Dictionary<string, Method>
    {
        ["items"] = (rendering, self, arguments) => View(rendering, self, arguments, SequenceForm.Items, map => map.Items()),
        ["keys"] = (rendering, self, arguments) => View(rendering, self, arguments, SequenceForm.Keys, map => map.Keys()),
        ["values"] = (rendering, self, arguments) => View(rendering, self, arguments, SequenceForm.Values, map => map.Values()),
        ["get"] = Get,
        ["copy"] = (_, self, _) => self,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Method> OfSequence = new Dictionary<string, Method>
    {
        ["index"] = IndexOf,
        ["count"] = (rendering, self, arguments) =>
        {
            var item = arguments.Bind(rendering, "count", 1, "value")[0];
            var count = 0;
            foreach (var value in Iteration.Of(rendering, self))
            {
                rendering.Step();
                count += Equality.AreEqual(rendering, value, item) ? 1 : 0;
            }

            return Value.Of(count);
        },
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Changing = FrozenSet.Create(
        "append", "clear", "extend", "insert", "pop", "popitem", "remove", "reverse", "setdefault", "sort", "update");

    /// <summary>The method; null where the value has none of that name.</summary>
    public static Method? Find(Value value, string name) => value.Kind switch
    {
        ValueKind.Text => TextMethods.Find(name),
        ValueKind.Map => OfMap.GetValueOrDefault(name),
        ValueKind.Sequence when value.Sequence.IsIndexed => OfSequence.GetValueOrDefault(name),
        _ => null,
    };

    /// <summary>Whether Python has a method of that name which a template may not call.</summary>
    public static bool IsForbidden(Value value, string name) => value.Kind is ValueKind.Map or ValueKind.Sequence && Changing.Contains(name);

    private static Value View(Rendering rendering, Value self, Arguments arguments, SequenceForm form, Func<Map, Value[]> read)
    {
        arguments.Bind(rendering, "The method", 0);
        rendering.ChargeItems(self.Map.Count);
        return Value.Of(new Sequence(form, read(self.Map)));
    }

    private static Value Get(Rendering rendering, Value self, Arguments arguments)
    {
        var bound = arguments.Bind(rendering, "get", 1, "key", "default");
        if (self.Map.TryGet(Require.Key(rendering, bound[0]), out var value))
            return value;
        return bound[1].IsMissing ? Value.None : bound[1];
    }

    private static Value IndexOf(Rendering rendering, Value self, Arguments arguments)
    {
        var item = arguments.Bind(rendering, "index", 1, "value")[0];
        var values = self.Sequence.Values;
        for (var i = 0; i < values.Length; i++)
        {
            rendering.Step();
            if (Equality.AreEqual(rendering, values[i], item))
                return Value.Of(i);
        }

        throw rendering.Error("index() must be given a value that the list holds.");
    }
}
