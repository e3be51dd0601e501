using System.Globalization;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>A folder of checkpoints that one run at a time writes. Each is there in full or not at all, whenever the process ends.</summary>
/// <remarks>
/// A checkpoint is written to a folder with a name of its own, flushed file by file, the manifest last, and only then gets its name.
/// Older ones lose their names before they are deleted. What a process that was killed left is removed when the next one starts.
/// </remarks>
internal sealed class CheckpointStore : IDisposable
{
    private readonly int? _keep;
    private readonly Action<string, string> _warn;
    private readonly FileStream _lock;

    /// <summary>Takes a folder for this run and tidies it.</summary>
    /// <param name="folder">The folder, which is made where it is missing.</param>
    /// <param name="keep">How many checkpoints stay; all where null.</param>
    /// <param name="warn">Hears, with a code, of what a person should know: <c>checkpoint-broken</c>, <c>checkpoint-not-deleted</c>.</param>
    /// <exception cref="CheckpointException">Another run has the folder, or it can't be written.</exception>
    public CheckpointStore(string folder, int? keep = null, Action<string, string>? warn = null)
    {
        (Folder, _keep, _warn) = (Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), keep, warn ?? ((_, _) => { }));
        try
        {
            _lock = Take(Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{Folder}: can't be used for checkpoints. {e.Message}", e);
        }
        foreach (var (name, checkpoint, isReplaced) in CheckpointNames.Leftovers(Folder)) Tidy(name, checkpoint, isReplaced);
    }

    /// <summary>The full path of the folder.</summary>
    public string Folder { get; }

    /// <summary>The checkpoint to go on from, as the options of a run ask for it.</summary>
    /// <returns>To be disposed; null where the run starts from the beginning.</returns>
    /// <exception cref="CheckpointException">There is none and must be one, or there is one and must be none; or as <see cref="Newest"/>.</exception>
    public Checkpoint? ToResume(ResumeMode mode)
    {
        if (mode == ResumeMode.Never && CheckpointNames.Steps(Folder) is [var step, ..])
            throw new CheckpointException($"{Folder}: must hold no checkpoints, since {nameof(CheckpointOptions.Resume)} is {mode}; holds {CheckpointNames.Of(step)}. Name another folder, or go on from it.");
        var newest = Newest();
        return mode == ResumeMode.Required && newest is null
            ? throw new CheckpointException($"{Folder}: must hold a checkpoint, since {nameof(CheckpointOptions.Resume)} is {mode}; holds none.")
            : newest;
    }

    /// <summary>The newest complete checkpoint, verified; newer ones that are broken are skipped with a warning.</summary>
    /// <returns>To be disposed; null where there is no checkpoint at all.</returns>
    /// <exception cref="CheckpointException">All are broken, or a newer version of the library wrote the newest.</exception>
    public Checkpoint? Newest()
    {
        var broken = new List<string>();
        foreach (var step in CheckpointNames.Steps(Folder))
        {
            try
            {
                var checkpoint = Checkpoint.Open(PathOf(step), step);
                foreach (var problem in broken) _warn("checkpoint-broken", $"{problem}. The run goes on from {CheckpointNames.Of(step)}.");
                return checkpoint;
            }
            catch (InvalidDataException e)
            {
                broken.Add($"{PathOf(step)}: {e.Message}");
            }
        }
        return broken.Count == 0 ? null : throw new CheckpointException(
            $"{Folder}: none of its checkpoints is complete. To start from the beginning, move them away or name another folder:{string.Concat(broken.Select(problem => $"\n- {problem}"))}");
    }

    /// <summary>The checkpoint of a step that is known to be there.</summary>
    /// <returns>To be disposed.</returns>
    /// <exception cref="CheckpointException">It is broken.</exception>
    public Checkpoint Of(int step)
    {
        try
        {
            return Checkpoint.Open(PathOf(step), step);
        }
        catch (InvalidDataException e)
        {
            throw new CheckpointException($"{PathOf(step)}: {e.Message}.", e);
        }
    }

    /// <summary>Writes a checkpoint and deletes those beyond the limit. One of the same step is replaced.</summary>
    /// <param name="step">Optimizer steps done.</param>
    /// <param name="tensors">Names and tensors, on any device; each name once.</param>
    /// <param name="state">What else there is to keep, as JSON.</param>
    /// <param name="bestStep">The step of the best evaluation, whose checkpoint is never deleted; it counts towards the limit.</param>
    /// <returns>The checkpoint's folder.</returns>
    /// <exception cref="CheckpointException">It can't be written; the earlier ones are as they were.</exception>
    public string Save(int step, IEnumerable<(string Name, Tensor Tensor)> tensors, JsonObject state, int? bestStep = null)
    {
        Ensure.AtLeast(step, 0, nameof(step));
        var staged = Path.Combine(Folder, CheckpointNames.UnfinishedOf(step));
        try
        {
            foreach (var _ in Steps(staged, step, tensors, state, bestStep)) { }
        }
        catch (Exception e)
        {
            TryDelete(staged);
            if (e is not (IOException or UnauthorizedAccessException)) throw;
            throw new CheckpointException(string.Create(CultureInfo.InvariantCulture, $"{Folder}: the checkpoint of step {step} can't be written; those before it are as they were. {e.Message}"), e);
        }
        return PathOf(step);
    }

    /// <summary>A save, one change of the disk per step.</summary>
    /// <param name="staged">Where the checkpoint is written before it gets its name.</param>
    /// <param name="step">Optimizer steps done.</param>
    /// <param name="tensors">Names and tensors.</param>
    /// <param name="state">What else there is to keep.</param>
    /// <param name="bestStep">The step whose checkpoint is never deleted.</param>
    /// <param name="mayExchange">False for the way of systems that can't exchange two folders.</param>
    internal IEnumerable<string> Steps(string staged, int step, IEnumerable<(string Name, Tensor Tensor)> tensors, JsonObject state, int? bestStep, bool mayExchange = true)
    {
        var content = new SafetensorsContent(tensors);
        Directory.CreateDirectory(staged);
        yield return "opened";
        var tensorDigest = FileDigest.Write(Path.Combine(staged, CheckpointNames.Tensors), content.WriteTo, content.Length);
        yield return CheckpointNames.Tensors;
        var stateDigest = CheckpointState.Write(Path.Combine(staged, CheckpointNames.State), state);
        yield return CheckpointNames.State;
        var manifest = new CheckpointManifest(step, CheckpointManifest.Library, tensorDigest, stateDigest);
        JsonText.Write(Path.Combine(staged, CheckpointNames.Manifest), manifest.ToJson());   // flushes the folder too
        yield return CheckpointNames.Manifest;
        foreach (var change in Place(staged, step, mayExchange)) yield return change;
        foreach (var change in DeleteOld(step, bestStep)) yield return change;
    }

    public void Dispose() => _lock.Dispose();

    private IEnumerable<string> Place(string staged, int step, bool mayExchange)
    {
        var (target, replaced) = (PathOf(step), staged);
        if (!Directory.Exists(target))
        {
            Directory.Move(staged, target);
            replaced = null;
        }
        else if (!mayExchange || !Disk.TryExchange(staged, target))
        {
            replaced = Path.Combine(Folder, CheckpointNames.ReplacedOf(step));
            Directory.Move(target, replaced);
            yield return "moved aside";
            Directory.Move(staged, target);
        }
        Disk.FlushFolder(Folder);   // before anything that it replaces goes
        yield return "placed";
        if (replaced is not null) TryDelete(replaced);
    }

    // Checkpoints of later steps are broken ones that a resumed run skipped and will replace when it gets there: they neither count nor go.
    private IEnumerable<string> DeleteOld(int step, int? bestStep)
    {
        if (_keep is not { } keep) yield break;
        var ours = CheckpointNames.Steps(Folder).Where(other => other <= step).ToList();
        var kept = ours.Take(1).Concat(ours.Where(other => other == bestStep)).Distinct().ToList();
        kept.AddRange(ours.Except(kept).Take(keep - kept.Count));
        foreach (var old in ours.Except(kept))
        {
            var nameless = Path.Combine(Folder, CheckpointNames.UnfinishedOf(old));
            if (TryMove(PathOf(old), nameless))
            {
                yield return $"{CheckpointNames.Of(old)} nameless";
                TryDelete(nameless);
            }
            yield return $"{CheckpointNames.Of(old)} deleted";
        }
    }

    private static FileStream Take(string folder)
    {
        if (File.Exists(folder)) throw new CheckpointException($"{folder}: must be a folder for checkpoints; is a file.");
        Directory.CreateDirectory(folder);
        if (Path.GetDirectoryName(folder) is { } parent) Disk.FlushFolder(parent);
        return LockFile.TryTake(Path.Combine(folder, CheckpointNames.Lock))
            ?? throw new CheckpointException($"{folder}: another run writes its checkpoints there. Each run needs a folder of its own.");
    }

    private void Tidy(string name, string checkpoint, bool isReplaced)
    {
        var (path, rightful) = (Path.Combine(Folder, name), Path.Combine(Folder, checkpoint));
        if (isReplaced && !Path.Exists(rightful)) TryMove(path, rightful);
        else TryDelete(path);
    }

    private bool TryMove(string from, string to) => Try(from, () => Directory.Move(from, to));

    private void TryDelete(string path)
    {
        if (Directory.Exists(path)) Try(path, () => Directory.Delete(path, recursive: true));
    }

    // A folder that stays costs room on the disk, and a person should know; it is no reason to end a run.
    private bool Try(string path, Action change)
    {
        try
        {
            change();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _warn("checkpoint-not-deleted", $"{path}: can't be deleted. {e.Message}");
            return false;
        }
    }

    private string PathOf(int step) => Path.Combine(Folder, CheckpointNames.Of(step));
}
