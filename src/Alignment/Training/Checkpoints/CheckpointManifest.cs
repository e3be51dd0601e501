using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alignment.Training;

/// <summary>What a checkpoint consists of. It is written last, so that a checkpoint without it is known to be incomplete.</summary>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="CreatedBy">Library and version that wrote it, for a person to read.</param>
/// <param name="Tensors">Digest of <see cref="CheckpointNames.Tensors"/>.</param>
/// <param name="State">Digest of <see cref="CheckpointNames.State"/>.</param>
internal sealed record CheckpointManifest(int Step, string CreatedBy, FileDigest Tensors, FileDigest State)
{
    /// <summary>The version that this library writes; it reads this one and those before.</summary>
    public const int Version = 1;

    private const string Format = "alignment-checkpoint";
    private const int MostBytes = 1 << 16;

    public static string Library { get; } =
        $"Alignment {typeof(CheckpointManifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";

    public JsonObject ToJson() => new()
    {
        ["format"] = Format,
        ["version"] = Version,
        ["step"] = Step,
        ["created_by"] = CreatedBy,
        ["files"] = new JsonObject { [CheckpointNames.Tensors] = ToJson(Tensors), [CheckpointNames.State] = ToJson(State) },
    };

    /// <summary>Reads the manifest of a checkpoint's folder.</summary>
    /// <exception cref="InvalidDataException">It is not one that a completed save leaves; the message goes behind the checkpoint's name.</exception>
    /// <exception cref="CheckpointException">A newer version of the library wrote it.</exception>
    public static CheckpointManifest Read(string folder)
    {
        var path = Path.Combine(folder, CheckpointNames.Manifest);
        if (!File.Exists(path)) throw new InvalidDataException($"{CheckpointNames.Manifest} is missing: its writing was not completed");
        var json = BoundedFile.Read(path, MostBytes) ?? throw Broken($"is longer than {MostBytes} bytes");
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Parse(document.RootElement, folder);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Broken($"can't be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static CheckpointManifest Parse(JsonElement root, string folder)
    {
        var format = root.GetProperty("format").GetString();
        if (format != Format) throw Broken($"must have the format '{Format}'; has {SafetensorsException.Quoted($"{format}")}");
        var version = root.GetProperty("version").GetInt32();
        if (version > Version)
            throw new CheckpointException(string.Create(CultureInfo.InvariantCulture,
                $"{folder}: was written in version {version} of the format, by {SafetensorsException.Quoted(root.GetProperty("created_by").GetString()!)}; " +
                $"this library reads up to version {Version}."));
        if (version < 1) throw Broken(string.Create(CultureInfo.InvariantCulture, $"must have a version of 1 or greater; has {version}"));
        var files = root.GetProperty("files");
        return new CheckpointManifest(root.GetProperty("step").GetInt32(), root.GetProperty("created_by").GetString() ?? "",
            Digest(files.GetProperty(CheckpointNames.Tensors)), Digest(files.GetProperty(CheckpointNames.State)));
    }

    private static JsonObject ToJson(FileDigest file) => new() { ["size"] = file.Size, ["sha256"] = file.Sha256 };

    private static FileDigest Digest(JsonElement file) => new(file.GetProperty("size").GetInt64(), file.GetProperty("sha256").GetString() ?? "");

    private static InvalidDataException Broken(string problem, Exception? cause = null) => new($"{CheckpointNames.Manifest} {problem}", cause);
}
