using System.Globalization;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>A complete checkpoint, open for reading. Every byte was hashed when it was opened.</summary>
internal sealed class Checkpoint : IDisposable
{
    private readonly SafetensorsFile _tensors;

    private Checkpoint(string folder, CheckpointManifest manifest, SafetensorsFile tensors, JsonObject state) =>
        (Folder, Step, CreatedBy, _tensors, State) = (folder, manifest.Step, manifest.CreatedBy, tensors, state);

    public string Folder { get; }

    /// <summary>Optimizer steps done.</summary>
    public int Step { get; }

    /// <summary>Library and version that wrote it.</summary>
    public string CreatedBy { get; }

    /// <summary>What was saved beside the tensors.</summary>
    public JsonObject State { get; }

    /// <summary>Names of the tensors.</summary>
    public IReadOnlyList<string> Names => _tensors.Names;

    /// <summary>Opens the checkpoint of a step and verifies it.</summary>
    /// <exception cref="InvalidDataException">It is not complete; the message says why, without the checkpoint's name.</exception>
    /// <exception cref="CheckpointException">A newer version of the library wrote it, or it may not be read.</exception>
    public static Checkpoint Open(string folder, int step)
    {
        try
        {
            var manifest = CheckpointManifest.Read(folder);
            if (manifest.Step != step)
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                    $"{CheckpointNames.Manifest} must be that of step {step}; is of step {manifest.Step}"));
            var (tensors, state) = (Path.Combine(folder, CheckpointNames.Tensors), Path.Combine(folder, CheckpointNames.State));
            RequireDigest(state, manifest.State);
            RequireDigest(tensors, manifest.Tensors);
            var json = CheckpointState.Read(state);
            return new Checkpoint(folder, manifest, SafetensorsFile.Open(tensors), json);
        }
        catch (Exception e) when (e is IOException or SafetensorsException)
        {
            throw new InvalidDataException(e.Message.TrimEnd('.'), e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CheckpointException($"{folder}: may not be read. {e.Message}", e);
        }
    }

    /// <summary>Copies the bits of tensors into those of a model and its optimizer, all or, where anything doesn't fit, none.</summary>
    /// <param name="destinations">The names that were saved, each with a tensor of the same shape and type, on any device.</param>
    /// <exception cref="CheckpointException">Names, shapes or types differ; the message names every difference.</exception>
    public void CopyInto(IEnumerable<(string Name, Tensor Tensor)> destinations)
    {
        List<(string Name, Tensor Tensor)> all = [.. destinations];
        var given = all.Select(entry => entry.Name).ToHashSet();
        var differences = Names.Where(name => !given.Contains(name)).Select(name => $"{Quoted(name)}: was saved, has no place now")
            .Concat(all.Select(Difference).OfType<string>());
        Differences.Require(differences, $"{Folder}: its tensors are not those of this run");
        using var noGrad = no_grad();
        foreach (var (name, tensor) in all) Copy(name, tensor);
    }

    /// <summary>Copies the bits of one tensor.</summary>
    /// <param name="name">A name that was saved.</param>
    /// <param name="destination">A tensor of the same shape and type, on any device.</param>
    /// <exception cref="CheckpointException">There is no such tensor, or shape or type differ.</exception>
    public void CopyInto(string name, Tensor destination)
    {
        if (Difference((name, destination)) is { } difference) throw new CheckpointException($"{Folder}: tensor {difference}.");
        using var noGrad = no_grad();
        Copy(name, destination);
    }

    /// <summary>Reads a tensor as it was saved.</summary>
    /// <returns>A new tensor on the CPU, owned by the caller or its dispose scope.</returns>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    public Tensor Read(string name) =>
        _tensors.Contains(name) ? _tensors.Read(name) : throw new CheckpointException($"{Folder}: has no tensor {Quoted(name)}.");

    public void Dispose() => _tensors.Dispose();

    private void Copy(string name, Tensor destination)
    {
        if (destination.is_contiguous())
        {
            _tensors.CopyTo(name, destination);
            return;
        }
        using var stored = _tensors.Read(name);
        destination.copy_(stored);
    }

    private string? Difference((string Name, Tensor Tensor) destination)
    {
        var (name, tensor) = destination;
        if (!_tensors.Contains(name)) return $"{Quoted(name)}: was not saved, is {TensorText.Of(tensor)}";
        var (was, now) = (TensorText.Of(_tensors.DataType(name), _tensors.Shape(name)), TensorText.Of(tensor));
        return was == now ? null : $"{Quoted(name)}: was {was}, is {now}";
    }

    private static string Quoted(string name) => SafetensorsException.Quoted(name);

    private static void RequireDigest(string path, FileDigest expected)
    {
        var name = Path.GetFileName(path);
        var file = new FileInfo(path);
        if (!file.Exists) throw new InvalidDataException($"{name} is missing");
        if (file.Length != expected.Size)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{name} must have {expected.Size} bytes; has {file.Length}"));
        var actual = FileDigest.Of(path);
        if (actual != expected)
            throw new InvalidDataException($"{name} must have the SHA-256 {Start(expected.Sha256)}; has {Start(actual.Sha256)}");
    }

    private static string Start(string hash) => SafetensorsException.Quoted(hash.Length <= 12 ? hash : hash[..12] + "...");
}
