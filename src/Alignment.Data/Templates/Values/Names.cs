namespace Alignment.Data.Templates;

/// <summary>Python's names of types, for messages.</summary>
internal static class Names
{
    public static string Of(Value value) => value.Kind switch
    {
        ValueKind.None => "None",
        ValueKind.Boolean => "bool",
        ValueKind.Integer => "int",
        ValueKind.Float => "float",
        ValueKind.Text => "str",
        ValueKind.Map => "dict",
        ValueKind.Thing => value.Thing.TypeName,
        ValueKind.Sequence => value.Sequence.Form switch
        {
            SequenceForm.List => "list",
            SequenceForm.Tuple => "tuple",
            SequenceForm.Range => "range",
            SequenceForm.Keys => "dict_keys",
            SequenceForm.Values => "dict_values",
            SequenceForm.Items => "dict_items",
            _ => "generator",
        },
        _ => "Undefined",
    };

    /// <summary>As an undefined member's owner is named: 'dict object', 'None'.</summary>
    public static string OfObject(Value value) => value.IsNone ? "None" : $"{Of(value)} object";
}
