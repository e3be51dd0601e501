namespace Alignment.Models;

/// <summary>A file that is there in full or not at all, whenever the process ends.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the path, flushes to the disk, and only then gives the file its name, in place of one that was there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes it to a stream.</param>
    /// <param name="size">Its size in bytes where it is known: a disk without room for it is then found before anything is written.</param>
    public static void Write(string path, Action<Stream> write, long size = 0)
    {
        path = Path.GetFullPath(path);
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.None,
                BufferSize = 1 << 16,
                PreallocationSize = size,
            }))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
            Disk.FlushFolder(Path.GetDirectoryName(path)!);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
