using System.Buffers.Binary;
using System.Globalization;
using Alignment.Training;

namespace Alignment.Tests.Observers;

/// <summary>Event files, to the byte.</summary>
public sealed class TensorBoardObserverTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestTime _time = new() { Now = DateTimeOffset.FromUnixTimeMilliseconds(1_000_500) };

    [Fact]
    public void A_run_by_hand()
    {
        using (var observer = new TensorBoardObserver(_folder.Path, _time))
        {
            observer.Hear(
                RunEvents.Started() with { Settings = new Dictionary<string, string> { ["Seed"] = "4" } },
                RunEvents.Evaluation(300, 0.5), RunEvents.Evaluation(300, 0.5, new SampleAnswer("q", "a\n`b`")) with { Metrics = [] }, RunEvents.Ended(300));
            observer.OnCompleted();
        }
        // 1000.5 as a double: 0x408F440000000000
        const string Time = "09 0000000000448F40";
        var records = Records(File.ReadAllBytes(Assert.Single(Directory.GetFiles(_folder.Path))));
        Assert.Equal(
        [
            // file_version (3): 13 bytes "brain.Event:2"
            Hex(Time + "1A 0D 627261696E2E4576656E743A32"),
            // session_log (7), 2 bytes: status (1) = START (1); step 0 is left out
            Hex(Time + "3A 02 0801"),
            // The text has 16 + 1 + 12 = 29 bytes. summary (5), 61 bytes: value (1), 59 bytes: tag (1), 8 bytes; tensor (8), 35 bytes: dtype (1) =
            // string (7), shape (2) empty, string_val (8), 29 bytes; metadata (9), 10 bytes: plugin (1), name (1) "text"; class (4) = tensor (2)
            Hex(Time + "2A 3D 0A 3B 0A08 73657474696E6773 42 23 0807 1200 42 1D" + Ascii("    Method = SFT\n    Seed = 4") + "4A 0A 0A06 0A04 74657874 2002"),
            // step (2) = 300 = 0xAC 0x02; summary (5), 18 bytes: value (1), 16 bytes: tag (1) "eval/loss", simple_value (2) = 0.5 = 0x3F000000
            Hex(Time + "10 AC02 2A 12 0A 10 0A09 6576616C2F6C6F7373 15 0000003F"),
            Hex(Time + "10 AC02 2A 00"),
            // 12 + 2 + 5 + 2 + 12 + 2 + 5 + 1 + 7 = 48 bytes of text in a tensor of 54, a value of 77, a summary of 79
            Hex(Time + "10 AC02 2A 4F 0A 4D 0A07" + Ascii("answers") + "42 36 0807 1200 42 30"
                + Ascii("**Prompt 1**\n\n    q\n\n**Answer 1**\n\n    a\n    `b`") + "4A 0A 0A06 0A04 74657874 2002"),
        ], records);
    }

    [Fact]
    public void Every_number_of_a_step_by_its_name()
    {
        using (var observer = new TensorBoardObserver(_folder.Path, _time)) observer.Hear(RunEvents.Started(), RunEvents.Step(1, 0.25));
        var step = Convert.FromHexString(Records(File.ReadAllBytes(Assert.Single(Directory.GetFiles(_folder.Path))))[^1]);
        var text = System.Text.Encoding.Latin1.GetString(step);
        foreach (var metric in RunEvents.Step(1, 0.25).Metrics)
        {
            // The name, then field 2 as four bytes.
            var at = text.IndexOf((char)metric.Name.Length + metric.Name + "\u0015", StringComparison.Ordinal);
            Assert.True(at > 0, metric.Name);
            Assert.Equal((float)metric.Value, BinaryPrimitives.ReadSingleLittleEndian(step.AsSpan(at + metric.Name.Length + 2)));
        }
    }

    [Fact]
    public void A_run_that_goes_on_voids_what_came_after_its_checkpoint()
    {
        using (var observer = new TensorBoardObserver(_folder.Path, _time)) observer.Hear(RunEvents.Started(), RunEvents.Step(1, 1), RunEvents.Step(2, 1));
        var first = Directory.GetFiles(_folder.Path).Single();
        var before = File.ReadAllBytes(first);
        using (var observer = new TensorBoardObserver(_folder.Path, _time)) observer.Hear(RunEvents.Started(1), RunEvents.Warning(0), RunEvents.Step(2, 1));

        var files = Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).ToList();
        var name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.0000001000.{Environment.MachineName}.{Environment.ProcessId}");
        Assert.Equal([_folder.File($"{name}.0"), _folder.File($"{name}.1")], files);
        Assert.Equal(before, File.ReadAllBytes(first));
        var records = Records(File.ReadAllBytes(files[1]));
        // step (2) = 2: TensorBoard drops what earlier files say of steps 2 and later, and keeps step 1.
        Assert.Equal(Hex("09 0000000000448F40 1002 3A 02 0801"), records[1]);
        Assert.Equal(4, records.Count);   // version, session, settings, step: the warning stands in the first file
    }

    [Fact]
    public void Errors_close_the_file_and_are_typed()
    {
        using var observer = new TensorBoardObserver(_folder.File("run"), _time);
        Assert.Equal("A run begins with RunStarted; SftStep came first.", Assert.Throws<InvalidOperationException>(() => observer.OnNext(RunEvents.Step(1, 1))).Message);
        observer.Hear(RunEvents.Started(), RunEvents.Saved(0));
        observer.OnError(new TrainingException("broken"));
        Directory.Delete(_folder.File("run"), recursive: true);
        File.WriteAllText(_folder.File("run"), "");
        Assert.StartsWith($"'{_folder.File("run", "events.out.tfevents.")}", Assert.Throws<IOException>(() => observer.OnNext(RunEvents.Started())).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    // The events of a file; each record's length and checksums are looked at.
    private static List<string> Records(byte[] file)
    {
        var records = new List<string>();
        for (var rest = file.AsSpan(); rest.Length > 0;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(rest);
            Assert.Equal(Masked(rest[..8]), BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]));
            var content = rest.Slice(12, length);
            Assert.Equal(Masked(content), BinaryPrimitives.ReadUInt32LittleEndian(rest[(12 + length)..]));
            records.Add(Convert.ToHexString(content));
            rest = rest[(16 + length)..];
        }
        return records;
    }

    // CRC-32C bit by bit: the reflected polynomial 0x82F63B78.
    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
        }
        crc = ~crc;
        return (crc >> 15 | crc << 17) + 0xA282EAD8;
    }

    private static string Hex(string spaced) => spaced.Replace(" ", "", StringComparison.Ordinal);

    private static string Ascii(string text) => Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(text));
}
