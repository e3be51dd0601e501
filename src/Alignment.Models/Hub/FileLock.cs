namespace Alignment.Models;

/// <summary>A file that one process holds at a time; on Unix the flock that Python's huggingface_hub takes on the same file.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.2);

    /// <summary>Waits until nobody else holds the file. To be disposed.</summary>
    public static async Task<FileStream> TakeAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            if (LockFile.TryTake(path) is { } held) return held;
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
