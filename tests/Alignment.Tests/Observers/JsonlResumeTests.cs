using System.Text;
using Alignment.Training;

namespace Alignment.Tests.Observers;

/// <summary>Runs that are killed and go on leave the file of a run that was not.</summary>
public sealed class JsonlResumeTests : IDisposable
{
    private static readonly RunEvent[] Whole = [.. WholeRun()];

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("metrics.jsonl");

    [Fact]
    public void Killed_after_any_event_and_at_any_byte_of_its_line()
    {
        Write(Whole);
        var whole = File.ReadAllBytes(Path);
        var cases = 0;
        for (var heard = 1; heard < Whole.Length; heard++)
        {
            File.Delete(Path);
            Write(Whole[..(heard - 1)]);
            var before = File.Exists(Path) ? new FileInfo(Path).Length : 0;
            Write(Whole[..heard]);
            var killed = File.ReadAllBytes(Path);
            // The last record, which may be two lines or none, is written in full, not at all, or in part.
            foreach (var length in new[] { before, before + 1, before + 25, (before + killed.Length) / 2, killed.Length - 1, killed.Length }.Where(length => length >= before && length <= killed.Length).Distinct())
            {
                cases++;
                File.WriteAllBytes(Path, killed[..(int)length]);
                // A checkpoint is there before its event is heard, and after the one before.
                var done = Whole.Take(length == killed.Length ? heard + 1 : heard).OfType<CheckpointSaved>().LastOrDefault();
                Write(Resumed(done));
                Assert.Equal(Encoding.UTF8.GetString(whole), File.ReadAllText(Path));
            }
        }
        Assert.InRange(cases, 50, 150);
    }

    [Fact]
    public void From_an_older_checkpoint_and_twice()
    {
        Write(Whole);
        var whole = File.ReadAllText(Path);
        var checkpoints = Whole.OfType<CheckpointSaved>().ToList();
        Write(Resumed(checkpoints[0]));
        Assert.Equal(whole, File.ReadAllText(Path));
        Write(Resumed(checkpoints[1])[..4]);
        Write(Resumed(checkpoints[1]));
        Assert.Equal(whole, File.ReadAllText(Path));
    }

    [Fact]
    public void After_an_interruption_the_lines_of_steps_are_those_of_a_run_without()
    {
        Write(Whole);
        var whole = File.ReadAllLines(Path);
        File.Delete(Path);
        // Asked to stop after step 7, it saves and ends.
        var saved = RunEvents.Saved(7);
        Write([.. Whole.TakeWhile(value => value.Step <= 7), saved, RunEvents.Ended(7, RunEnd.Interrupted)]);
        Write(Resumed(saved));
        Assert.Equal(whole, File.ReadAllLines(Path).Where(line => !line.Contains("checkpoint-000007", StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_a_file_a_run_that_goes_on_begins_one()
    {
        var saved = Whole.OfType<CheckpointSaved>().First();
        Write([Resumed(saved)[0], RunEvents.Warning(0), .. Resumed(saved)[1..]]);
        var lines = File.ReadAllLines(Path);
        Assert.StartsWith("""{"event":"start","step":4,"method":"SFT",""", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("""{"event":"warning","step":0,""", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("""{"event":"step","step":5,""", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_run_says_again_when_it_goes_on_is_not_written_again()
    {
        Write(Whole);
        var whole = File.ReadAllText(Path);
        var saved = Whole.OfType<CheckpointSaved>().First();
        Write([Resumed(saved)[0], RunEvents.Warning(0), .. Resumed(saved)[1..]]);
        Assert.Equal(whole, File.ReadAllText(Path));
    }

    [Fact]
    public void A_new_run_keeps_the_lines_of_one_that_ended()
    {
        Write(Whole);
        Write(Whole);
        Write(Whole[..3]);
        Assert.Equal(["metrics.1.jsonl", "metrics.2.jsonl", "metrics.jsonl"], Directory.GetFiles(_folder.Path).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal));
        Write(Whole);
        Assert.Equal(3, Directory.GetFiles(_folder.Path).Length);
        Assert.Equal(File.ReadAllText(_folder.File("metrics.1.jsonl")), File.ReadAllText(Path));
    }

    [Theory]
    [InlineData("a,b\n1,2\n", 1)]
    [InlineData("{\"loss\":1}\n", 1)]
    [InlineData("{\"event\":\"step\",\"step\":1}\n", 1)]
    [InlineData("[1]\n", 1)]
    [InlineData("\n", 1)]
    [InlineData("{\"event\":\"start\",\"step\":1.5}\n", 1)]
    [InlineData("{\"event\":\"start\",\"step\":0}\n{\"event\":\"step\",\n", 2)]
    [InlineData("{\"event\":\"start\",\"step\":0}\n{\"event\":\"\\ud800\",\"step\":1}\n", 2)]
    public void A_file_of_something_else_is_refused_and_stays(string text, int line)
    {
        foreach (var step in (int[])[0, 4])
        {
            File.WriteAllText(Path, text);
            using var observer = new JsonlObserver(Path);
            var error = Assert.Throws<InvalidDataException>(() => observer.OnNext(RunEvents.Started(step)));
            Assert.Equal($"Line {line} of '{Path}' is not one of a run's metrics. Nothing was changed. Name another file, or move this one away.", error.Message);
            Assert.Equal(text, File.ReadAllText(Path));
        }
    }

    [Fact]
    public void A_line_without_end_takes_bounded_memory()
    {
        if (!OperatingSystem.IsLinux()) return; // there is no /dev/zero elsewhere
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => JsonlHistory.Read("/dev/zero", 1));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200L << 20);   // 64 MiB and what was copied on the way
    }

    [Fact]
    public void Mutated_files_end_in_a_named_error_or_go_on()
    {
        Write(Whole);
        var whole = File.ReadAllBytes(Path);
        var random = new SplitMix64(11);
        var refused = 0;
        for (var i = 0; i < 300; i++)
        {
            var bytes = whole.ToArray();
            for (var flips = random.Below(4); flips < 4; flips++) bytes[random.Below((ulong)bytes.Length)] = (byte)random.Next();
            File.WriteAllBytes(Path, bytes);
            using var observer = new JsonlObserver(Path);
            try
            {
                observer.OnNext(RunEvents.Started((int)random.Below(12)));
            }
            catch (InvalidDataException)
            {
                refused++;
                Assert.Equal(bytes, File.ReadAllBytes(Path));
            }
        }
        Assert.InRange(refused, 100, 299);
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<RunEvent> WholeRun()
    {
        yield return RunEvents.Started(loggingSteps: 5, totalSteps: 12);
        yield return RunEvents.Warning(0);
        for (var step = 1; step <= 12; step++)
        {
            yield return RunEvents.Step(step, Math.Sqrt(step), tokens: 7 * step);
            if (step % 6 == 0) yield return RunEvents.Evaluation(step, 1.0 / step, new SampleAnswer("Why?", $"답 {step}"));
            if (step is 4 or 6 or 10) yield return RunEvents.Saved(step);
        }
        yield return RunEvents.Ended(12);
    }

    // What a run says that goes on from a checkpoint, or starts anew where there is none.
    private static RunEvent[] Resumed(CheckpointSaved? checkpoint)
    {
        if (checkpoint is null) return Whole;
        var recent = Whole.OfType<TrainingStep>().Where(step => step.Step > checkpoint.Step - 5 && step.Step <= checkpoint.Step);
        var started = (RunStarted)Whole[0] with
        {
            Step = checkpoint.Step,
            ResumedFrom = checkpoint.Folder,
            RecentSteps = [.. recent.Select(step => new StepMetrics(step.Step, step.Metrics))],
        };
        return [started, .. Whole.Where(value => value.Step > checkpoint.Step)];
    }

    private void Write(RunEvent[] events)
    {
        using var observer = new JsonlObserver(Path);
        observer.Hear(events);
    }
}
