using Alignment.Training;

namespace Alignment.Tests.Checkpoints;

/// <summary>A process that saves is killed anywhere, again and again; its checkpoints are whole every time.</summary>
public sealed class KilledSaveTests
{
    private const int Kills = 100;

    [Fact]
    public void After_each_of_100_kills_the_newest_checkpoint_is_whole_and_no_older_than_what_was_reported()
    {
        using var temporary = new TemporaryFolder();
        var folder = temporary.File("run");
        var random = new Random(1);
        var (last, insideSave) = (0, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var child = new ChildProcess("save-checkpoints", folder);
            Assert.Equal($"from {last}", child.ReadLine());
            var saved = last;
            for (var wanted = random.Next(4); wanted > 0; wanted--) saved = Reported(child.ReadLine()!) ?? saved;   // by saves, however long one takes here
            Thread.Sleep(TimeSpan.FromMilliseconds(random.NextDouble() * 50));
            child.Kill();
            foreach (var line in child.End().Said.Split('\n')) saved = Reported(line) ?? saved;
            if (Directory.EnumerateDirectories(folder, "*.tmp").Any()) insideSave++;

            using var store = new CheckpointStore(folder, CheckpointSaver.Keep);
            Assert.DoesNotContain(Directory.EnumerateDirectories(folder), path => Path.GetFileName(path).Contains('.'));   // nothing but checkpoints
            using var newest = store.Newest();
            var found = newest?.Step ?? 0;
            Assert.InRange(found, saved, saved + 1);   // the one that was being saved may have been complete
            if (newest is not null) CheckpointSaver.AssertConsistent(newest);
            last = found;
        }
        using (var store = new CheckpointStore(folder, CheckpointSaver.Keep)) CheckpointSaver.Save(store, last + 1);
        Assert.Equal([last + 1, last], CheckpointNames.Steps(folder));
        Assert.True(insideSave > Kills / 4 && last > Kills, $"Only {insideSave} of {Kills} kills fell inside a save; {last} checkpoints were saved.");
    }

    private static int? Reported(string line) => line.StartsWith("saved ", StringComparison.Ordinal) ? int.Parse(line.AsSpan("saved ".Length)) : null;
}
