namespace Alignment.Feedback;

/// <summary>A constitution can't be read; the message names file, line and field.</summary>
public sealed class ConstitutionException : Exception
{
    internal ConstitutionException(string source, int line, string rule, Exception? cause = null)
        : base(FormattableString.Invariant($"{source}, line {line}: {rule}"), cause) => Line = line;

    /// <summary>The line, from 1.</summary>
    public int Line { get; }
}
