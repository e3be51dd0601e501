namespace Alignment;

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
        var temporary = TemporaryName(path);
        try
        {
            using (var stream = Create(temporary, size))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            Place(temporary, path);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>As <see cref="Write"/>, for writers that wait. The file is left as it was where the writing is cancelled.</summary>
    /// <param name="path">The file.</param>
    /// <param name="writeAsync">Writes it to a stream.</param>
    public static async Task WriteAsync(string path, Func<Stream, Task> writeAsync)
    {
        path = Path.GetFullPath(path);
        var temporary = TemporaryName(path);
        try
        {
            var stream = Create(temporary, 0);
            await using (stream.ConfigureAwait(false))
            {
                await writeAsync(stream).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }
            Place(temporary, path);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>A new file, open for writing.</summary>
    /// <param name="path">The file, which must not be there yet.</param>
    /// <param name="size">Its size in bytes where it is known, else 0: a disk without room for it is found here.</param>
    public static FileStream Create(string path, long size) => new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        Share = FileShare.None,
        BufferSize = 1 << 16,
        PreallocationSize = size,
    });

    private static string TemporaryName(string path) => $"{path}.{Path.GetRandomFileName()}.tmp";

    private static void Place(string temporary, string path)
    {
        File.Move(temporary, path, overwrite: true);
        Disk.FlushFolder(Path.GetDirectoryName(path)!);
    }
}
