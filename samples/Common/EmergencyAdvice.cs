namespace Alignment.Samples;

/// <summary>samples/data: pairs of advice, and all of a small Llama but its weights.</summary>
internal static class EmergencyAdvice
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "data");

    public static string Pairs { get; } = Path.Combine(Folder, "emergency-pairs.parquet");

    public static string HeldOut { get; } = Path.Combine(Folder, "emergency-heldout.parquet");
}
