using System.Text.Json.Nodes;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Tests.Checkpoints;

public sealed class CheckpointStoreTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly List<(string Code, string Message)> _warnings = [];

    private string Folder => _temporary.File("run");

    [Fact]
    public void The_newest_is_found_and_beyond_the_limit_the_oldest_go()
    {
        using var store = Store(keep: 3);
        Assert.Null(store.Newest());
        foreach (var step in (int[])[500, 1000, 1500, 2000, 1_000_000]) CheckpointSaver.Save(store, step);
        Assert.Equal(["checkpoint-001500", "checkpoint-002000", "checkpoint-1000000"], Names());
        using var newest = store.Newest()!;
        Assert.Equal((1_000_000, Path.Combine(Folder, "checkpoint-1000000")), (newest.Step, newest.Folder));
        CheckpointSaver.AssertConsistent(newest);
        Assert.Matches(@"^Alignment \d+\.\d+\.\d+", newest.CreatedBy);
        Assert.Equal(["manifest.json", "state.json", "tensors.safetensors"], Directory.GetFileSystemEntries(newest.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Without_a_limit_all_stay()
    {
        using var store = Store(keep: null);
        for (var step = 1; step <= 5; step++) CheckpointSaver.Save(store, step);
        Assert.Equal(5, Names().Length);
    }

    // As transformers has it: the best one counts towards the limit, but with a limit of 1 there are the best and the newest.
    [Theory]
    [InlineData(3, 1, new[] { 1, 4, 5 })]
    [InlineData(3, 5, new[] { 3, 4, 5 })]
    [InlineData(3, 9, new[] { 3, 4, 5 })]   // the best was never saved
    [InlineData(1, 2, new[] { 2, 5 })]
    [InlineData(1, 5, new[] { 5 })]
    public void The_best_one_is_never_deleted(int keep, int best, int[] expected)
    {
        using var store = Store(keep);
        for (var step = 1; step <= 5; step++) store.Save(step, [], [], best);
        Assert.Equal(expected, CheckpointNames.Steps(Folder).Order());
    }

    [Fact]
    public void What_was_left_is_removed_and_what_belongs_to_others_is_not()
    {
        string[] foreign =
        [
            "checkpoint-500", "checkpoint-000500.tmp", "checkpoint-000500.backup", "checkpoint-000500.abcdefgh.ijk.tmp.mine", "checkpoint-best", "notes.abcdefgh.ijk.tmp",
        ];
        foreach (var name in foreign) Directory.CreateDirectory(Path.Combine(Folder, name, "deep"));
        File.WriteAllText(Path.Combine(Folder, "checkpoint-000007.abcdefgh.ijk.tmp"), "a file");
        foreach (var name in (string[])["checkpoint-000400.ab0de5gh.i1k.tmp", "checkpoint-1000000.abcdefgh.ijk.tmp"])
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, name)).FullName, "tensors.safetensors"), "half");
        using var store = Store(keep: 1);
        CheckpointSaver.Save(store, 1);
        CheckpointSaver.Save(store, 2);
        Assert.Equal(
            foreign.Append("checkpoint-000002").Append("checkpoint-000007.abcdefgh.ijk.tmp").Append(".checkpoints.lock").Order(StringComparer.Ordinal),
            Directory.GetFileSystemEntries(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        Assert.Equal(foreign.Length, Directory.GetDirectories(Folder, "deep", SearchOption.AllDirectories).Length);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_second_run_is_kept_out()
    {
        var first = Store();
        Assert.Equal($"{Folder}: another run writes its checkpoints there. Each run needs a folder of its own.", Assert.Throws<CheckpointException>(() => Store()).Message);
        first.Dispose();
        Store().Dispose();
    }

    [Fact]
    public void A_broken_one_is_skipped_with_a_warning_and_replaced_when_its_step_comes_again()
    {
        using var store = Store(keep: 2);
        for (var step = 1; step <= 3; step++) CheckpointSaver.Save(store, step);
        var path = Path.Combine(Folder, "checkpoint-000003", "tensors.safetensors");
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        using (var newest = store.Newest()!) Assert.Equal(2, newest.Step);
        var (code, message) = Assert.Single(_warnings);
        Assert.Equal("checkpoint-broken", code);
        Assert.Matches($"^{Folder}/checkpoint-000003: tensors.safetensors must have the SHA-256 '[0-9a-f]{{12}}...'; has '[0-9a-f]{{12}}...'. The run goes on from checkpoint-000002.$", message);
        CheckpointSaver.Save(store, 3);
        using var again = store.Newest()!;
        Assert.Equal(3, again.Step);
        CheckpointSaver.AssertConsistent(again);
        Assert.Equal(["checkpoint-000002", "checkpoint-000003"], Names());
    }

    [Fact]
    public void Broken_ones_of_later_steps_do_not_push_out_good_ones()
    {
        using var store = Store(keep: 1);
        CheckpointSaver.Save(store, 900);
        File.Delete(Path.Combine(Folder, "checkpoint-000900", "manifest.json"));
        CheckpointSaver.Save(store, 410);
        using var newest = store.Newest()!;
        Assert.Equal(410, newest.Step);
        Assert.Equal($"{Folder}/checkpoint-000900: manifest.json is missing: its writing was not completed. The run goes on from checkpoint-000410.", Assert.Single(_warnings).Message);
    }

    [Fact]
    public void Where_none_is_complete_the_run_does_not_start_over_in_silence()
    {
        using var store = Store();
        CheckpointSaver.Save(store, 1);
        CheckpointSaver.Save(store, 2);
        File.Delete(Path.Combine(Folder, "checkpoint-000001", "state.json"));
        File.WriteAllText(Path.Combine(Folder, "checkpoint-000002", "state.json"), "{}");
        Assert.Matches($"""
            ^{Folder}: none of its checkpoints is complete. To start from the beginning, move them away or name another folder:
            - {Folder}/checkpoint-000002: state.json must have \d+ bytes; has 2
            - {Folder}/checkpoint-000001: state.json is missing$
            """, Assert.Throws<CheckpointException>(store.Newest).Message);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void One_that_was_renamed_is_not_taken_for_another_step()
    {
        using var store = Store();
        CheckpointSaver.Save(store, 1);
        CheckpointSaver.Save(store, 2);
        Directory.Move(Path.Combine(Folder, "checkpoint-000001"), Path.Combine(Folder, "checkpoint-000009"));
        using var newest = store.Newest()!;
        Assert.Equal(2, newest.Step);
        Assert.Contains("checkpoint-000009: manifest.json must be that of step 9; is of step 1.", Assert.Single(_warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_format_is_refused_and_not_skipped()
    {
        using var store = Store();
        CheckpointSaver.Save(store, 1);
        CheckpointSaver.Save(store, 2);
        var path = Path.Combine(Folder, "checkpoint-000002", "manifest.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        (manifest["version"], manifest["created_by"]) = (2, "Alignment 9.0.0");
        File.WriteAllText(path, manifest.ToJsonString());
        Assert.Equal($"{Folder}/checkpoint-000002: was written in version 2 of the format, by 'Alignment 9.0.0'; this library reads up to version 1.", Assert.Throws<CheckpointException>(store.Newest).Message);
    }

    [Fact]
    public void Each_mode_of_going_on()
    {
        using var store = Store();
        Assert.Null(store.ToResume(ResumeMode.Newest));
        Assert.Null(store.ToResume(ResumeMode.Never));
        Assert.Equal($"{Folder}: must hold a checkpoint, since Resume is Required; holds none.", Assert.Throws<CheckpointException>(() => store.ToResume(ResumeMode.Required)).Message);
        CheckpointSaver.Save(store, 5);
        using var newest = store.ToResume(ResumeMode.Newest);
        using var required = store.ToResume(ResumeMode.Required);
        Assert.Equal((5, 5), (newest!.Step, required!.Step));
        Assert.Equal($"{Folder}: must hold no checkpoints, since Resume is Never; holds checkpoint-000005. Name another folder, or go on from it.",
            Assert.Throws<CheckpointException>(() => store.ToResume(ResumeMode.Never)).Message);
    }

    [Fact]
    public void Folders_that_cannot_be_used()
    {
        File.WriteAllText(Folder, "");
        Assert.Equal($"{Folder}: must be a folder for checkpoints; is a file.", Assert.Throws<CheckpointException>(() => Store()).Message);
        if (!OperatingSystem.IsLinux()) return;
        Assert.StartsWith("/proc/alignment: can't be used for checkpoints. ", Assert.Throws<CheckpointException>(() => new CheckpointStore("/proc/alignment")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_found_before_anything_is_written_and_leaves_what_was_there()
    {
        if (!OperatingSystem.IsLinux()) return;   // elsewhere room is not asked for in advance
        using var store = Store();
        CheckpointSaver.Save(store, 1);
        using var large = zeros(1).expand(1L << 43);   // 32 TiB to write, 4 bytes in memory
        var error = Assert.Throws<CheckpointException>(() => store.Save(2, [("large", large)], []));
        Assert.StartsWith($"{Folder}: the checkpoint of step 2 can't be written; those before it are as they were. ", error.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(error.InnerException);
        Assert.Equal(["checkpoint-000001"], Names());
        using var newest = store.Newest()!;
        CheckpointSaver.AssertConsistent(newest);
    }

    [Fact]
    public void Mistakes_of_the_caller_leave_nothing_behind()
    {
        using var store = Store();
        using var one = ones(1);
        Assert.Throws<ArgumentException>(() => store.Save(1, [("a", one), ("a", one)], []));
        Assert.Throws<ArgumentException>(() => store.Save(1, [("a", one)], new JsonObject { ["large"] = new string('x', 65 << 20) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Save(-1, [], []));
        Assert.Empty(Directory.GetDirectories(Folder));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_save_that_ends_after_any_step_leaves_a_whole_newest(bool mayExchange)
    {
        using var store = Store(keep: 2);
        using var scope = NewDisposeScope();
        for (var step = 1; step <= 3; step++) CheckpointSaver.Save(store, step);
        // once a new step, once one that is there already
        foreach (var step in (int[])[4, 4])
        {
            var isNew = !Directory.Exists(Path.Combine(Folder, CheckpointNames.Of(step)));
            var staged = Path.Combine(Folder, CheckpointNames.UnfinishedOf(step));
            var seen = new List<int>();
            foreach (var change in store.Steps(staged, step, [("step", full(5, step, ScalarType.Int64))], new JsonObject { ["save"] = step }, null, mayExchange))
                seen.Add(NewestOfCopy());
            if (isNew) Assert.Equal([3, 3, 3, 3, 4, 4, 4], seen);   // opened, three files, placed, the oldest nameless, deleted
            else Assert.All(seen, newest => Assert.Equal(4, newest));
        }
        Assert.Equal(["checkpoint-000003", "checkpoint-000004"], Names());
    }

    public void Dispose() => _temporary.Dispose();

    private CheckpointStore Store(int? keep = 3) => new(Folder, keep, (code, message) => _warnings.Add((code, message)));

    private string[] Names() => [.. Directory.GetDirectories(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    /// <summary>What the next process finds where this one ended now: it sees a copy, since this one holds the folder.</summary>
    private int NewestOfCopy()
    {
        using var copies = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Folder, "*.*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != CheckpointNames.Lock))
        {
            var to = copies.File(Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        using var store = new CheckpointStore(copies.Path, 2);
        Assert.DoesNotContain(Directory.GetDirectories(copies.Path), path => path.EndsWith(".tmp", StringComparison.Ordinal) || path.EndsWith(".old", StringComparison.Ordinal));
        using var newest = store.Newest()!;
        return newest.Step;
    }
}
