using System.Text.Json;

namespace Alignment.Feedback.Tests.Calls;

/// <summary>A process that is killed again and again asks nothing twice that it had an answer for, and loses no row.</summary>
public sealed class KilledCallsTests
{
    private const int Kills = 30;

    [Fact]
    public void After_thirty_kills_no_answered_call_was_repeated_and_no_row_is_lost()
    {
        using var folder = new TemporaryFolder();
        using var server = new LocalServer(asked => Reply.Text($"<{asked.LastText}>"));
        var random = new Random(30);
        var (kills, finished, seen, insideCalls) = (0, 0, 0, 0);
        while (kills < Kills)
        {
            var journal = folder.File($"calls-{finished}.jsonl");
            var results = new List<string>();
            var before = server.Requests.Count;
            var killed = 0;
            var answered = new HashSet<string>(StringComparer.Ordinal);
            for (var isDone = false; !isDone;)
            {
                var start = server.Requests.Count;
                using var child = new ChildProcess("label", server.Address, journal);
                var line = child.ReadLine();
                for (var lines = random.Next(0, 25); lines > 0 && line is not null; lines--) line = child.ReadLine();
                if (kills < Kills && line?.StartsWith("result", StringComparison.Ordinal) != true)
                {
                    Thread.Sleep(TimeSpan.FromMilliseconds(random.NextDouble() * 5));
                    child.Kill();
                    kills++;
                    killed++;
                }
                var (said, _) = child.End();
                isDone = said.Contains("done", StringComparison.Ordinal) || line == "done";
                if (isDone) results.AddRange(said.Split('\n').Prepend(line!).Where(text => text.StartsWith("result", StringComparison.Ordinal)));

                // What this process asked, against what was answered on the disk when it began.
                var asked = server.Requests.Skip(start).Select(request => request.LastText).ToList();
                seen += asked.Count;
                Assert.DoesNotContain(asked, answered.Contains);
                answered = Answered(journal);
                if (asked.Any(text => !answered.Contains(text))) insideCalls++;
            }
            Assert.Equal(Enumerable.Range(0, LabelChild.Rows).Select(row => $"result {row} <{row} b <{row} a>>"), results);
            // Repeated are at most the calls that were on their way at a kill: four at once.
            Assert.InRange(server.Requests.Count - before, 2 * LabelChild.Rows, 2 * LabelChild.Rows + 4 * killed);
            finished++;
        }
        Assert.True(insideCalls > 0, $"{insideCalls} of {kills} kills came while calls were on their way ({finished} runs, {seen} calls).");
    }

    // Whole lines alone, read by hand: not by the code under test. Answers name their question.
    private static HashSet<string> Answered(string journal)
    {
        if (!File.Exists(journal)) return [];
        var text = File.ReadAllText(journal);
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(entry => entry.GetProperty("event").GetString() == "Answered").Select(entry => entry.GetProperty("answer").GetProperty("text").GetString()![1..^1])];
    }
}
