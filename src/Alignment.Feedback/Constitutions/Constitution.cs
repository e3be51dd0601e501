using System.Reflection;
using System.Text;

namespace Alignment.Feedback;

/// <summary>Principles by which a model criticises and revises answers, and labels them.</summary>
/// <remarks>Bai et al. 2022, "Constitutional AI: harmlessness from AI feedback" (arXiv 2212.08073).</remarks>
public sealed class Constitution
{
    /// <summary>The version of the format that <see cref="Parse"/> reads.</summary>
    public const int SchemaVersion = 1;

    private const int LargestFile = 1 << 20;   // bytes

    internal Constitution(string name, string version, FeedbackLanguage language, IReadOnlyList<Principle> principles) =>
        (Name, Version, Language, Principles) = (name, version, language, principles);

    /// <summary>Its name, for example <c>medical</c>.</summary>
    public string Name { get; }

    /// <summary>Its own version, for example <c>1.0.0</c>.</summary>
    public string Version { get; }

    /// <summary>The language of its texts.</summary>
    public FeedbackLanguage Language { get; }

    /// <summary>The principles in order; at least one.</summary>
    public IReadOnlyList<Principle> Principles { get; }

    /// <summary>Helpful, honest and harmless, for any assistant.</summary>
    /// <param name="language">The language of the texts.</param>
    public static Constitution General(FeedbackLanguage language = FeedbackLanguage.English) => BuiltIn("general", language);

    /// <summary>For assistants that are asked about health: no advice without medical grounds, and in an emergency 119.</summary>
    /// <param name="language">The language of the texts.</param>
    public static Constitution Medical(FeedbackLanguage language = FeedbackLanguage.English) => BuiltIn("medical", language);

    /// <summary>For assistants that write code: no holes, no secrets, nothing destroyed unasked.</summary>
    /// <param name="language">The language of the texts.</param>
    public static Constitution SecureCoding(FeedbackLanguage language = FeedbackLanguage.English) => BuiltIn("secure-coding", language);

    /// <summary>Reads a file: JSON where its name ends with <c>.json</c>, YAML otherwise.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConstitutionException">It is no constitution; the message names line and field.</exception>
    public static Constitution Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var source = $"'{path}'";
        if (BoundedFile.Read(path, LargestFile) is not { } bytes)
            throw new ConstitutionException(source, 1, $"a constitution must be of at most {LargestFile} bytes.");
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.Span);
            return ConstitutionReader.Read(text, path.EndsWith(".json", StringComparison.OrdinalIgnoreCase), source);
        }
        catch (DecoderFallbackException error)
        {
            throw new ConstitutionException(source, 1, "a constitution must be UTF-8.", error);
        }
    }

    /// <summary>Reads YAML, or JSON where the text begins with a brace.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="ConstitutionException">It is no constitution; the message names line and field.</exception>
    public static Constitution Parse(string text, string source = "constitution")
    {
        ArgumentNullException.ThrowIfNull(text);
        return ConstitutionReader.Read(text, text.AsSpan().TrimStart().StartsWith("{"), source);
    }

    /// <summary>The constitution as JSON that <see cref="Parse"/> reads.</summary>
    public string ToJson() => ConstitutionWriter.Write(this);

    /// <summary>The principles that have one of the tags.</summary>
    /// <param name="tags">The tags.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Constitution WithTags(params ReadOnlySpan<string> tags)
    {
        string[] wanted = [.. tags];
        var principles = Principles.Where(principle => principle.Tags.Any(tag => wanted.Contains(tag, StringComparer.Ordinal))).ToList();
        return principles.Count > 0 ? new(Name, Version, Language, principles) : throw new ArgumentException(
            $"tags must name tags of {this}: {string.Join(", ", Principles.SelectMany(principle => principle.Tags).Distinct(StringComparer.Ordinal))}.", nameof(tags));
    }

    /// <summary>Name and version, for example <c>medical@1.0.0</c>.</summary>
    public override string ToString() => $"{Name}@{Version}";

    private static Constitution BuiltIn(string name, FeedbackLanguage language)
    {
        var resource = $"constitution.{name}.{ConstitutionReader.Code(Ensure.Defined(language))}";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return ConstitutionReader.Read(reader.ReadToEnd(), isJson: false, resource);
    }
}
