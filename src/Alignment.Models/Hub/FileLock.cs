namespace Alignment.Models;

/// <summary>A file that one process holds at a time; on Unix the flock that Python's huggingface_hub takes on the same file.</summary>
internal static class FileLock
{
    private const int LinuxWouldBlock = 11, MacWouldBlock = 35, WindowsSharingViolation = unchecked((int)0x80070020);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.2);

    /// <summary>Waits until nobody else holds the file. To be disposed.</summary>
    public static async Task<FileStream> TakeAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation)
            {
                // held by another
            }
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
