namespace Alignment.Data.Templates;

/// <summary>What Python's <c>iter</c> and <c>len</c> give.</summary>
internal static class Iteration
{
    public static bool Can(Value value)
        => value.Kind is ValueKind.Text or ValueKind.Sequence or ValueKind.Map or ValueKind.Undefined;

    /// <summary>The values to go through: code points of a text, keys of a map; of an undefined value none.</summary>
    public static Value[] Of(Rendering rendering, Value value) => value.Kind switch
    {
        ValueKind.Sequence => value.Sequence.Take(),
        ValueKind.Map => Keys(rendering, value.Map),
        ValueKind.Text => Points(rendering, value.Text),
        ValueKind.Undefined => [],
        _ => throw rendering.Error($"What is gone through must be a list, a mapping or a text; was {Names.Of(value)}."),
    };

    public static int Length(Rendering rendering, Value value) => value.Kind switch
    {
        ValueKind.Text => Characters(rendering, value.Text),
        ValueKind.Map => value.Map.Count,
        ValueKind.Sequence when value.Sequence.HasLength => value.Sequence.Values.Length,
        ValueKind.Undefined => 0,
        _ => throw NoLength(rendering, value),
    };

    public static bool HasLength(Value value)
        => value.Kind is ValueKind.Text or ValueKind.Map or ValueKind.Undefined || (value.Kind == ValueKind.Sequence && value.Sequence.HasLength);

    private static Value[] Keys(Rendering rendering, Map map)
    {
        rendering.Charge(map.Count);
        return map.Keys();
    }

    private static int Characters(Rendering rendering, string text)
    {
        rendering.ChargeScan(text.Length);
        return CodePoints.Count(text);
    }

    private static Value[] Points(Rendering rendering, string text)
    {
        rendering.Charge(text.Length);
        return Array.ConvertAll(CodePoints.Split(text), Value.Of);
    }

    private static ChatTemplateException NoLength(Rendering rendering, Value value)
        => rendering.Error($"What is counted must be a text, a list or a mapping; was {Names.Of(value)}.");
}
