namespace Alignment.Models;

/// <summary>Where a configuration was read: keys of which this library makes no use are kept when saving, and so are files beside it.</summary>
/// <param name="Text">The text of config.json.</param>
/// <param name="Folder">Its folder, or null for text that came from no file.</param>
internal sealed record ConfigSource(string Text, string? Folder);
