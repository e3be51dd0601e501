namespace Alignment.Samples;

/// <summary>One of the data sets of samples/data: pairs, and all of a small Llama but its weights.</summary>
/// <param name="Folder">Where its files lie.</param>
/// <param name="Name">What the names of its pairs begin with.</param>
internal sealed record SampleData(string Folder, string Name)
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "data");

    public static SampleData EmergencyAdvice { get; } = new(Root, "emergency");

    /// <summary>C# methods.</summary>
    public static SampleData Coding { get; } = new(Path.Combine(Root, "coding"), "coding");

    public string Pairs => Path.Combine(Folder, $"{Name}-pairs.parquet");

    public string HeldOut => Path.Combine(Folder, $"{Name}-heldout.parquet");
}
