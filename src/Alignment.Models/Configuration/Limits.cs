namespace Alignment.Models;

/// <summary>The largest sizes that a configuration may name: well above any published model, far below what would overflow or exhaust memory.</summary>
internal static class Limits
{
    public const int Vocabulary = 1 << 22;
    public const int Hidden = 1 << 16;
    public const int Intermediate = 1 << 20;
    public const int Layers = 1024;
    public const int Heads = 1024;
    public const int HeadSize = 4096;
    public const int Positions = 1 << 27;
}
