using System.Buffers;
using Alignment.Training;

namespace Alignment.Feedback;

/// <summary>
/// Answers by the keys of their calls, in a file that only grows: a line before a call is sent, and a line with its answer, flushed to the disk
/// before
/// anybody sees it. Whenever a process ends, each answer that it used is there. Answers stay on the disk; only where they are is held in memory.
/// </summary>
internal sealed class CallJournal : IDisposable
{
    private const int FormatVersion = 1;
    private const int LongestLine = 64 << 20;   // bytes: a line without an end is not read into memory

    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Start, int Length)> answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CallSize> open = new(StringComparer.Ordinal);
    private readonly FileStream held;
    private readonly AppendFile file;
    private readonly FileStream reader;
    private long length;

    /// <param name="path">The file, made where it is missing.</param>
    /// <exception cref="IOException">Another process has it, or it can't be opened.</exception>
    /// <exception cref="InvalidDataException">It is something else, or damaged in the middle.</exception>
    public CallJournal(string path)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        held = LockFile.TryTake(path + ".lock") ?? throw new IOException($"'{path}' is in use by another process.");
        try
        {
            if (File.Exists(path)) length = ReadAll(path);
            file = AppendFile.Open(path, length);
            reader = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            if (length == 0) Append(new JournalEntry { Event = JournalEvent.Opened, Version = FormatVersion });
        }
        catch
        {
            file?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>Calls of earlier runs whose end nobody saw, or that failed and may be charged for, by what they can have taken.</summary>
    public List<CallSize> Uncertain { get; } = [];

    /// <summary>Tokens of all answers that were there when the journal was opened.</summary>
    public (long Input, long Output) Known { get; private set; }

    public int Count
    {
        get { lock (gate) return answers.Count; }
    }

    public CallAnswer? Find(string key)
    {
        (long Start, int Length) place;
        lock (gate)
            if (!answers.TryGetValue(key, out place)) return null;
        var line = new byte[place.Length];
        for (int read = 0, count; read < line.Length; read += count)
            if ((count = RandomAccess.Read(reader.SafeFileHandle, line.AsSpan(read), place.Start + read)) == 0)
                throw new EndOfStreamException($"'{reader.Name}' became shorter.");
        return JournalEntry.Read(line)?.Answer ?? throw new InvalidDataException($"'{reader.Name}' was changed while it was in use.");
    }

    /// <summary>A call is about to be sent. Not flushed to the disk: only a power failure loses the line, and then no answer was used.</summary>
    public void Begin(string key, CallSize size) => Append(new JournalEntry { Event = JournalEvent.Began, Key = key, Size = size });

    /// <summary>Keeps an answer; it is on the disk when this returns.</summary>
    public void Answer(string key, CallAnswer answer)
    {
        lock (gate)
        {
            var (start, count) = Append(new JournalEntry { Event = JournalEvent.Answered, Key = key, Answer = answer });
            file.FlushToDisk();
            answers[key] = (start, count);
        }
    }

    public void Fail(string key, CallException failure, CallSize? billed) => Append(
        new JournalEntry { Event = JournalEvent.Failed, Key = key, Failure = failure.Kind, Reason = failure.Message, Size = billed });

    public void Dispose()
    {
        reader.Dispose();
        file.Dispose();
        held.Dispose();
    }

    private (long Start, int Count) Append(JournalEntry entry)
    {
        var line = entry.ToLine();
        lock (gate)
        {
            var start = length;
            file.Append(line);
            length += line.Length;
            return (start, line.Length);
        }
    }

    // The bytes up to which the file is whole. What a killed process left of its last line is cut off.
    private long ReadAll(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            var (start, filled, number) = (0L, 0, 0);
            long? damaged = null;
            for (int count; (count = stream.Read(buffer, filled, buffer.Length - filled)) > 0;)
            {
                filled += count;
                var used = 0;
                for (int end; (end = buffer.AsSpan(used, filled - used).IndexOf((byte)'\n')) >= 0; used += end + 1)
                {
                    number++;
                    var entry = JournalEntry.Read(buffer.AsSpan(used, end));
                    if (number == 1 && entry is not { Event: JournalEvent.Opened, Version: FormatVersion })
                        throw new InvalidDataException($"'{path}' is not a journal of calls, or of a version that came later: line 1 must say so.");
                    // After a power failure bytes of the last lines may be missing. Such lines are cut off as well, but never one with whole lines
                    // after it.
                    if (entry is null) damaged ??= start + used;
                    else if (damaged is not null) throw new InvalidDataException(FormattableString.Invariant(
                        $"'{path}' is damaged before line {number}."));
                    else Take(entry, start + used, end + 1);
                }
                start += used;
                filled -= used;
                buffer.AsSpan(used, filled).CopyTo(buffer);
                if (filled == buffer.Length) buffer = Larger(buffer, path);
            }
            Uncertain.AddRange(open.Values);
            return damaged ?? start;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Take(JournalEntry entry, long start, int count)
    {
        switch (entry)
        {
            case { Event: JournalEvent.Began, Size: { } size }:
                if (open.Remove(entry.Key!, out var lost)) Uncertain.Add(lost);   // a run was killed while it waited for this answer
                open[entry.Key!] = size;
                break;
            case { Event: JournalEvent.Answered, Answer: { } answer }:
                open.Remove(entry.Key!);
                answers[entry.Key!] = (start, count);
                Known = (Known.Input + answer.InputTokens, Known.Output + answer.OutputTokens);
                break;
            case { Event: JournalEvent.Failed }:
                open.Remove(entry.Key!);
                if (entry.Size is { } billed) Uncertain.Add(billed);
                break;
        }
    }

    private static byte[] Larger(byte[] buffer, string path)
    {
        if (buffer.Length >= LongestLine) throw new InvalidDataException($"'{path}' has a line without an end.");
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
