namespace Alignment.Models;

/// <summary>The largest sizes that a configuration may name: above any published model, below what would overflow.</summary>
internal static class Limits
{
    public const int Vocabulary = 1 << 22;
    public const int Hidden = 1 << 16;
    public const int Intermediate = 1 << 20;
    public const int Layers = 1024;
    public const int Heads = 1024;
    public const int HeadSize = 4096;
    public const int Positions = 1 << 27;
    public const int LearnedPositions = 1 << 22;
}
