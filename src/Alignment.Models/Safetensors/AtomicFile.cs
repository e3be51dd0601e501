namespace Alignment.Models;

/// <summary>A file that is there in full or not at all, whenever the process ends.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the path, flushes to the disk, and only then gives the file its name, in place of one that was there.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
