namespace Alignment.Data;

/// <summary>How a data set is split.</summary>
public sealed record SplitOptions
{
    /// <summary>Share of prompts for validation.</summary>
    /// <value>The default is 0.05. At least 0 and below 1.</value>
    public double Validation { get; init => field = Ensure.AtLeastZeroBelow(value, 1); } = 0.05;

    /// <summary>Share of prompts for the test. A prompt of the test stays there whatever <see cref="Validation"/> is.</summary>
    /// <value>The default is 0.05. At least 0 and below 1.</value>
    public double Test { get; init => field = Ensure.AtLeastZeroBelow(value, 1); } = 0.05;

    /// <summary>Any text; another one gives another split.</summary>
    /// <value>The default is empty.</value>
    public string Salt { get; init => field = Ensure.NotNull(value); } = "";
}
