namespace Alignment.Samples;

/// <summary>Something that a check found in code.</summary>
/// <param name="Criterion">Which criterion it breaks: secure, correct, robust or readable.</param>
/// <param name="Message">What it is.</param>
internal sealed record Fault(string Criterion, string Message);
