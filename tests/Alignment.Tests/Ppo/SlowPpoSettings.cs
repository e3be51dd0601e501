namespace Alignment.Tests.Ppo;

/// <summary>What a slow run is told.</summary>
internal sealed record SlowPpoSettings(Func<IReadOnlyList<int>, double> Score)
{
    public int Seed { get; init; } = 42;
    public int Samples { get; init; } = 2;
    public int MaxNewTokens { get; init; } = 6;
    public int End { get; init; }
    public double Temperature { get; init; } = 0.7;
    public double MissingEndPenalty { get; init; } = 1;
    public double Beta { get; init; } = 0.3;
    public double? Target { get; init; }
    public double Horizon { get; init; } = 100;
    public double Gamma { get; init; } = 0.97;
    public double Lambda { get; init; } = 0.9;
    public int Epochs { get; init; } = 3;
    public int Parts { get; init; } = 2;
    public double ValueCoefficient { get; init; } = 0.1;
}
