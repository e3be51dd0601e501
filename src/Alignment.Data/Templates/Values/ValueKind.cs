namespace Alignment.Data.Templates;

/// <summary>The closed set of kinds that a template can meet.</summary>
internal enum ValueKind : byte
{
    /// <summary>No value at all: an argument that was not given.</summary>
    Missing,
    Undefined,
    None,
    Boolean,
    Integer,
    Float,
    Text,
    Sequence,
    Map,
    Thing,
}
