using System.Globalization;

namespace Alignment.Models.Tests;

/// <summary>A request as it came over the wire.</summary>
internal sealed record Asked(string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string? Token => Headers.GetValueOrDefault("Authorization");

    /// <summary>The first byte that is asked for: "Range: bytes=5-" gives 5.</summary>
    public int Start => Headers.TryGetValue("Range", out var range) ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : 0;
}
