using System.Text.Json;

namespace Alignment.Training;

/// <summary>What a file of lines holds of the run that wants to go on with it.</summary>
/// <param name="Length">Bytes of the lines that stay, in whole lines.</param>
/// <param name="HasCheckpoint">Whether the line of the checkpoint is one of them; then it is the last.</param>
/// <param name="HasEnded">Whether the file says that its run came to an end, good or bad.</param>
internal readonly record struct JsonlHistory(long Length, bool HasCheckpoint, bool HasEnded)
{
    private const int LongestLine = 1 << 26;

    /// <summary>Looks at a file; at none at all where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="step">The step of the checkpoint; 0 for a run that starts anew, of which nothing stays.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="InvalidDataException">It is not a file of a run.</exception>
    public static JsonlHistory Read(string path, int step)
    {
        if (!File.Exists(path)) return default;
        // What comes after the checkpoint is void, and so is a last line without its end.
        var (length, position, number) = (0L, 0L, 0);
        var (hasCheckpoint, hasEnded, isVoid) = (false, false, step == 0);
        foreach (var line in Lines(path))
        {
            position += line.Length;
            var (kind, at) = Parse(line, path, ++number);
            hasEnded |= kind is "end" or "error";
            isVoid |= hasCheckpoint || at > step || kind is "end" or "error";
            if (isVoid) continue;
            hasCheckpoint = kind == "checkpoint" && at == step;
            length = position;
        }
        return new JsonlHistory(length, hasCheckpoint, hasEnded);
    }

    private static (string Kind, int Step) Parse(ReadOnlyMemory<byte> line, string path, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("event", out var kind) && kind.ValueKind == JsonValueKind.String
                && root.TryGetProperty("step", out var step) && step.ValueKind == JsonValueKind.Number && step.TryGetInt32(out var at)
                && (number > 1 || kind.ValueEquals("start"))) return (kind.GetString()!, at);
        }
        catch (JsonException)
        {
            // Said below.
        }
        catch (InvalidOperationException)   // a string that is no text
        {
            // Said below.
        }
        throw NotOfRun(path, number);
    }

    // Whole lines, line feed included. One is good until the next.
    private static IEnumerable<ReadOnlyMemory<byte>> Lines(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var buffer = new byte[1 << 16];
        var (end, number) = (0, 1);
        while (true)
        {
            var read = stream.Read(buffer, end, buffer.Length - end);
            if (read == 0) yield break;
            var searched = end;
            end += read;
            var start = 0;
            while (Array.IndexOf(buffer, (byte)'\n', searched, end - searched) is var feed and >= 0)
            {
                yield return buffer.AsMemory(start, feed + 1 - start);
                (start, searched, number) = (feed + 1, feed + 1, number + 1);
            }
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            if (end < buffer.Length) continue;
            if (buffer.Length >= LongestLine) throw NotOfRun(path, number);
            Array.Resize(ref buffer, 2 * buffer.Length);
        }
    }

    private static InvalidDataException NotOfRun(string path, int line) =>
        new($"Line {line} of '{path}' is not one of a run's metrics. Nothing was changed. Name another file, or move this one away.");
}
