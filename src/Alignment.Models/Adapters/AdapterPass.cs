namespace Alignment.Models;

/// <summary>What one pass through the layers depends on besides parameters and input, so that it can be repeated.</summary>
/// <param name="Active">The adapter that computes; null for the base alone.</param>
/// <param name="IsDropping">Whether dropout acts.</param>
/// <param name="DropoutState">State of its random numbers at the beginning.</param>
internal readonly record struct AdapterPass(Adapter? Active, bool IsDropping, ulong DropoutState);
