using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Alignment;

/// <summary>Two things about folders for which .NET has no call: to flush one to the disk, and to exchange two in one step.</summary>
internal static class Disk
{
    private const int CurrentFolder = -100;   // AT_FDCWD of Linux; the paths are absolute, so it is never looked at
    private const uint Exchange = 2;          // RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS

    /// <summary>Flushes the names in a folder to the disk: a renamed file may otherwise have its old name after a power failure.</summary>
    /// <remarks>Does nothing on Windows, which has no such call, and on file systems that can't.</remarks>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        using var handle = new SafeFileHandle(open(Utf8(path), 0), ownsHandle: true);
        if (!handle.IsInvalid) RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Lets two folders change names in one step, so that each name leads to a whole folder at every moment.</summary>
    /// <returns>Whether it was done; not every system and file system can.</returns>
    public static bool TryExchange(string one, string two)
    {
        try
        {
            return OperatingSystem.IsLinux() ? renameat2(CurrentFolder, Utf8(one), CurrentFolder, Utf8(two), Exchange) == 0
                : OperatingSystem.IsMacOS() && renamex_np(Utf8(one), Utf8(two), Exchange) == 0;
        }
        catch (EntryPointNotFoundException)   // a C library from before the call
        {
            return false;
        }
    }

    private static byte[] Utf8(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int renameat2(int oldFolder, byte[] oldPath, int newFolder, byte[] newPath, uint flags);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int renamex_np(byte[] from, byte[] to, uint flags);
}
