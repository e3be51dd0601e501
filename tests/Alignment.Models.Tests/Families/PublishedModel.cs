namespace Alignment.Models.Tests;

/// <summary>The config.json of published models, in Published/.</summary>
internal static class PublishedModel
{
    public static string Folder { get; } = System.IO.Path.Combine(Repository.Root, "tests", "Alignment.Models.Tests", "Families", "Published");

    public static string[] Names { get; } =
        [.. Directory.GetFiles(Folder, "*.json").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static string Path(string name) => System.IO.Path.Combine(Folder, name + ".json");

    public static DecoderConfig Config(string name) => DecoderConfig.Load(Path(name));

    /// <summary>The shape of every parameter by its name, without memory for any.</summary>
    public static IReadOnlyDictionary<string, long[]> Shapes(string name)
    {
        var parameters = new ShapeList();
        using var model = new DecoderModel(Config(name), parameters);
        return parameters.Shapes;
    }
}
