namespace Alignment;

/// <summary>A file that one process holds at a time; on Unix by flock, so that it is free again however the process ends.</summary>
internal static class LockFile
{
    private const int LinuxWouldBlock = 11, MacWouldBlock = 35, WindowsSharingViolation = unchecked((int)0x80070020);

    /// <summary>Takes the file, which is made where it is missing and stays: one that is deleted could be held twice.</summary>
    /// <returns>To be disposed; null where somebody else holds the file.</returns>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation)
        {
            return null;
        }
    }
}
