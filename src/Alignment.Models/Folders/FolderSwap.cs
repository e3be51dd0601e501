namespace Alignment.Models;

/// <summary>Puts a complete new model folder in the place of what is there, so that a process that ends between leaves one or the other.</summary>
internal static class FolderSwap
{
    /// <summary>The folder to write to: its full path, behind a link where it is one.</summary>
    /// <exception cref="IOException">There is a file of this name.</exception>
    public static string Target(string folder)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(target)) throw new IOException($"{target}: must be a folder; is a file.");
        return Directory.Exists(target) ? Directory.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName ?? target : target;
    }

    /// <summary>A new folder to write the model to, on the volume of the target: beside it, or inside where nothing can be beside.</summary>
    public static string Stage(string target)
    {
        var name = $"{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp";
        if (!IsVolume(target))
        {
            try
            {
                return Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(target)!, name)).FullName;
            }
            catch (UnauthorizedAccessException) when (Directory.Exists(target))
            {
                // The target may be ours where its parent is not.
            }
        }
        return Directory.CreateDirectory(Path.Combine(target, name)).FullName;
    }

    /// <summary>Brings the staged folder to its place, one change of the disk per step.</summary>
    /// <param name="staged">The new model, complete and flushed file by file.</param>
    /// <param name="target">Its place.</param>
    /// <param name="mayExchange">False for the way of systems that can't exchange two folders.</param>
    public static IEnumerable<string> Steps(string staged, string target, bool mayExchange = true)
    {
        Disk.FlushFolder(staged);
        var written = Names(staged);
        var steps = !Directory.Exists(target) ? Move(staged, target)
            : mayExchange && HasExchanged(staged, target) ? MoveTheOthers(staged, target, written)
            : ReplaceInside(staged, target, written);
        foreach (var step in steps) yield return step;
        Disk.FlushFolder(target);
        if (Path.GetDirectoryName(target) is { } parent) Disk.FlushFolder(parent);
    }

    private static IEnumerable<string> Move(string staged, string target)
    {
        Directory.Move(staged, target);
        yield return "moved";
    }

    private static bool HasExchanged(string staged, string target)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(staged, File.GetUnixFileMode(target));
        var isCurrent = Environment.CurrentDirectory == target;
        if (!Disk.TryExchange(staged, target)) return false;
        if (isCurrent) Environment.CurrentDirectory = target;   // else it would be the folder that goes
        return true;
    }

    // The new model is complete under its name. What else the old folder held follows it; only what the new model replaces is deleted.
    private static IEnumerable<string> MoveTheOthers(string exchanged, string target, HashSet<string> written)
    {
        var old = Path.ChangeExtension(exchanged, ".old");
        Directory.Move(exchanged, old);
        Disk.FlushFolder(Path.GetDirectoryName(target)!);   // before anything of the old model goes
        yield return "exchanged";
        var replaced = Names(old).Where(name => written.Contains(name) || ModelFileNames.IsWeights(name)).ToList();
        foreach (var name in Names(old).Except(replaced))
        {
            var to = Path.Combine(target, name);
            if (!Path.Exists(to)) Directory.Move(Path.Combine(old, name), to);   // files too
            yield return name;
        }
        foreach (var path in replaced.Select(name => Path.Combine(old, name)).Where(File.Exists)) File.Delete(path);
        yield return "deleted";
        if (Names(old).Count == 0) Directory.Delete(old);
    }

    // Without config.json nothing loads the folder, so that files of two models are never taken for one.
    private static IEnumerable<string> ReplaceInside(string staged, string target, HashSet<string> written)
    {
        File.Delete(Path.Combine(target, ModelFileNames.Config));
        Disk.FlushFolder(target);
        yield return "opened";
        foreach (var name in Names(target))
        {
            if (!ModelFileNames.IsWeights(name) || written.Contains(name)) continue;
            File.Delete(Path.Combine(target, name));
            yield return $"{name} deleted";
        }
        foreach (var name in written.OrderBy(name => name == ModelFileNames.Config))
        {
            if (name == ModelFileNames.Config) Disk.FlushFolder(target);
            File.Move(Path.Combine(staged, name), Path.Combine(target, name), overwrite: true);
            yield return name;
        }
        Directory.Delete(staged);
    }

    private static HashSet<string> Names(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)!)];

    private static bool IsVolume(string folder) =>
        Directory.Exists(folder) && DriveInfo.GetDrives().Any(drive => Path.TrimEndingDirectorySeparator(drive.Name) == folder);
}
