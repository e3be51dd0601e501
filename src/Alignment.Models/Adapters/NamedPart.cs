namespace Alignment.Models;

/// <summary>A part that adapters can change.</summary>
/// <param name="Name">Its full name, as Hugging Face's model has it.</param>
/// <param name="Part">The part.</param>
/// <param name="IsInner">Whether it is below the heads: neither the output projection nor a score or value head.</param>
internal sealed record NamedPart(string Name, AdaptedPart Part, bool IsInner);
