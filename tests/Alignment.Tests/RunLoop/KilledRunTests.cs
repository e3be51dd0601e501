using System.Security.Cryptography;
using Alignment.Training;
using TorchSharp;

namespace Alignment.Tests.RunLoop;

/// <summary>Runs that are killed again and again, and end with the same bits as one that was not: weights, optimizer and metrics.</summary>
public sealed class KilledRunTests : IDisposable
{
    private const int Kills = 50;   // of each supervised method; PPO's steps are longer, and 30 fall into rollout, update and save alike

    private readonly TemporaryFolder folder = new();

    [Theory, InlineData("sft", Kills), InlineData("dpo-lora", Kills), InlineData("ppo", 30)]
    public void A_run_that_is_killed_anywhere_ends_with_the_same_bits(string method, int most)
    {
        RunChild.Train(method, Fresh());
        var expected = Left();

        var random = new Random(method.Length);
        var (kills, insideSave, insideUpdate) = (0, 0, 0);
        var first = -1;
        while (kills < most)
        {
            // A run that gets to its end before it was killed often enough is followed by another.
            var killed = Fresh();
            for (var isDone = false; !isDone;)
            {
                using var child = new ChildProcess("train", method, killed);
                var line = child.ReadLine();
                for (var lines = random.Next(1, 15); lines > 0 && line is not (null or "done"); lines--) line = child.ReadLine();
                if (kills < most && line is not (null or "done"))
                {
                    // Saves are short: every fifth kill waits for one to begin, wherever the others fall.
                    if (kills % 5 == 4) SpinWait.SpinUntil(() => IsSaving(killed), TimeSpan.FromSeconds(2));
                    Thread.Sleep(TimeSpan.FromMilliseconds(random.NextDouble() * (kills % 5 == 4 ? 1 : 10)));
                    child.Kill();
                    kills++;
                    if (line == "scoring" && kills % 5 != 0) insideUpdate++;
                    if (IsSaving(killed)) insideSave++;
                }
                var (said, exitCode) = child.End();
                isDone = line == "done" || said.Split('\n').Contains("done");
                if (isDone && exitCode != 137) Assert.Equal(0, exitCode);
            }
            Assert.Equal(expected, Left());
            if (first < 0) first = kills;
        }
        Assert.True(method != "ppo" || insideUpdate is > 0 && insideUpdate < kills, $"{insideUpdate} of {kills} kills fell between scores and the end of an iteration.");
        Assert.True(first > 3 && insideSave > 0, $"The first run was killed {first} times; {insideSave} of {kills} kills fell inside a save.");
    }

    [Fact]
    public void A_run_that_is_asked_to_stop_finishes_its_step_saves_and_says_so()
    {
        var stopped = Fresh();
        using (var child = new ChildProcess("train", "sft", stopped))
        {
            while (child.ReadLine() is { } line && line != "step 7") { }
            child.Signal("TERM");
            var (said, exitCode) = child.End();
            Assert.Equal(143, exitCode);
            Assert.EndsWith("interrupted\n", said, StringComparison.Ordinal);
        }
        using (var store = new CheckpointStore(RunChild.CheckpointsOf(stopped)))
        using (var newest = store.Newest())
            Assert.InRange(newest!.Step, 7, 9);   // the step that it was in, not the next multiple of three alone

        RunChild.Train("sft", stopped);
        var (_, _, tensors) = Left();
        RunChild.Train("sft", Fresh());
        Assert.Equal(Left().Tensors, tensors);
    }

    [Fact]
    public void A_checkpoint_of_other_settings_or_rows_says_what_differs()
    {
        using var model = SmallPolicy.New();
        using var start = model.Copy();
        Train(SmallPolicy.Pairs, 1e-6);
        var error = Assert.Throws<CheckpointException>(() => Train(SmallPolicy.Pairs[..7], 2e-6));
        Assert.Contains("Optimizer.LearningRate: was 1e-6, is 2e-6", error.Message, StringComparison.Ordinal);
        Assert.Matches(@"data: was 8 rows of \d+ tokens \(SHA-256 [0-9a-f]{12}\.\.\.\), is 7 rows of", error.Message);

        void Train(TokenizedPair[] pairs, double rate) => new DpoTrainer(model, ReferencePolicy.Frozen(start), new DpoOptions
        {
            Run = new RunOptions { MaxSteps = 2, SelfChecks = false, Checkpoints = new CheckpointOptions { Folder = folder.File("run") } },
            Optimizer = new OptimizerOptions { LearningRate = rate },
        }).Train(pairs);
    }

    public void Dispose() => folder.Dispose();

    // One folder for all runs, whose names stand in what they write.
    private string Fresh()
    {
        var run = folder.File("run");
        if (Directory.Exists(run)) Directory.Delete(run, recursive: true);
        return Directory.CreateDirectory(run).FullName;
    }

    private static bool IsSaving(string run) =>
        Directory.Exists(RunChild.CheckpointsOf(run)) && Directory.EnumerateDirectories(RunChild.CheckpointsOf(run), "*.tmp").Any();

    // What a run leaves: the last checkpoint's tensors (weights and moments), and the metrics.
    private (string Name, string Metrics, string Tensors) Left()
    {
        var newest = Directory.EnumerateDirectories(RunChild.CheckpointsOf(folder.File("run"))).Order(StringComparer.Ordinal).Last();
        return (Path.GetFileName(newest), File.ReadAllText(RunChild.MetricsOf(folder.File("run"))), Hash(Path.Combine(newest, "tensors.safetensors")));
    }

    // All but the state of the process's own random numbers, which nothing draws from and no seed sets.
    private static string Hash(string path)
    {
        using var scope = torch.NewDisposeScope();
        using var file = SafetensorsFile.Open(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in file.Names.Where(name => name != "random/cpu")) hash.AppendData(file.Read(name).bytes);
        Assert.Contains(file.Names, name => name.StartsWith("exp_avg_sq/", StringComparison.Ordinal));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
