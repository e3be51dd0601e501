namespace Alignment.Data;

/// <summary>How streams are mixed.</summary>
public sealed record MixOptions
{
    /// <summary>When the mixture ends.</summary>
    /// <value>The default is <see cref="MixStop.FirstExhausted"/>.</value>
    public MixStop Stop { get; init => field = Ensure.Defined(value); }

    /// <summary>What the sources' turns are drawn from.</summary>
    /// <value>The default is 42.</value>
    public int Seed { get; init; } = 42;
}
