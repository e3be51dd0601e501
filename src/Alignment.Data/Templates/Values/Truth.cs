namespace Alignment.Data.Templates;

/// <summary>What Python takes for true.</summary>
internal static class Truth
{
    public static bool Of(Value value) => value.Kind switch
    {
        ValueKind.Missing or ValueKind.Undefined or ValueKind.None => false,
        ValueKind.Boolean or ValueKind.Integer => value.Integer != 0,
        ValueKind.Float => value.Number != 0,
        ValueKind.Text => value.Text.Length > 0,
        ValueKind.Map => value.Map.Count > 0,
        ValueKind.Sequence => !value.Sequence.HasLength || value.Sequence.Values.Length > 0,
        _ => true,
    };
}
