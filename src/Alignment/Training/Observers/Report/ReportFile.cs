using System.Text;
using System.Xml;

namespace Alignment.Training;

/// <summary>The page of a run on the disk, and the record that it carries.</summary>
internal static class ReportFile
{
    /// <summary>The element that carries the record: browsers show nothing of it and run nothing in it.</summary>
    public const string Carrier = "template";

    public const string CarrierId = "run";

    private const int MostBytes = 1 << 26;

    /// <summary>Writes a page in place of the one that is there, in full or not at all.</summary>
    /// <exception cref="IOException">It can't be written; the page that was there stays.</exception>
    public static void Write(string path, string page)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(page)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"'{path}' can't be written: {error.Message}", error);
        }
    }

    /// <summary>Reads the record of the page that is there.</summary>
    /// <returns>The record, and whether its run has come to an end; null where there is no page.</returns>
    /// <exception cref="InvalidDataException">The file is no page of a run.</exception>
    public static (RunRecord Record, bool HasEnded)? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var stream = File.OpenRead(path);
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersInDocument = MostBytes };
            using var xml = XmlReader.Create(stream, settings);
            while (xml.ReadToFollowing(Carrier))
                if (xml.GetAttribute("id") == CarrierId) return RunRecordJson.Read(xml.ReadElementContentAsString());
        }
        catch (Exception error) when (error is XmlException or FormatException)
        {
            throw NotOfRun(path, error);
        }
        throw NotOfRun(path, null);
    }

    private static InvalidDataException NotOfRun(string path, Exception? error) =>
        new($"'{path}' is not the report of a run. Nothing was changed. Name another file, or move this one away.", error);
}
