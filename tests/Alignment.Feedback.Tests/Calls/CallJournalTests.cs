using System.Text;

namespace Alignment.Feedback.Tests.Calls;

public sealed class CallJournalTests : IDisposable
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 6).Select(i => CallKey.Of("m", CallPipelineTests.Question(i)))];

    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("calls", "journal.jsonl");

    [Fact]
    public void Answers_come_back_as_they_were()
    {
        var answer = new CallAnswer("여러 줄\nand \"quotes\"", 7, 3, true) { LogProbs = [new("1", -0.25, [new("2", -1.5)])] };
        using (var journal = new CallJournal(Path))
        {
            journal.Begin(Keys[0], new CallSize(9, 9));
            journal.Answer(Keys[0], answer);
            Same(journal);
        }
        using (var journal = new CallJournal(Path))
        {
            Same(journal);
            Assert.Null(journal.Find(Keys[1]));
            Assert.Equal((7L, 3L), journal.Known);
            Assert.Empty(journal.Uncertain);
        }

        void Same(CallJournal journal)
        {
            var read = journal.Find(Keys[0])!;
            Assert.Equal((answer.Text, 7L, 3L, true), (read.Text, read.InputTokens, read.OutputTokens, read.IsCut));
            Assert.Equal((-0.25, new TokenAlternative("2", -1.5)), (read.LogProbs![0].LogProb, read.LogProbs[0].Alternatives[0]));
        }
    }

    [Fact]
    public void Cut_anywhere_all_whole_answers_are_there_and_it_goes_on()
    {
        Fill();
        var whole = File.ReadAllBytes(Path);
        for (var length = 0; length < whole.Length; length += 3)
        {
            File.WriteAllBytes(Path, whole[..length]);
            var lines = Encoding.UTF8.GetString(whole[..length]).Split('\n')[..^1];
            var answers = lines.Count(line => line.Contains("Answered", StringComparison.Ordinal));
            using (var journal = new CallJournal(Path))
            {
                Assert.Equal(answers, journal.Count);
                Assert.Equal(lines.Count(line => line.Contains("Began", StringComparison.Ordinal)) - answers, journal.Uncertain.Count);
                journal.Answer(Keys[5], new CallAnswer("more", 1, 1, false));
            }
            using var again = new CallJournal(Path);
            Assert.Equal((answers + 1, "more"), (again.Count, again.Find(Keys[5])!.Text));
        }
    }

    [Fact]
    public void A_damaged_end_is_cut_off_and_a_damaged_middle_refused()
    {
        Fill();
        var lines = File.ReadAllLines(Path);
        File.WriteAllText(Path, string.Join('\n', lines) + "\n\0\0\0\0\n");   // what a power failure leaves
        using (var journal = new CallJournal(Path)) Assert.Equal(3, journal.Count);
        Assert.Equal(lines, File.ReadAllLines(Path));

        lines[3] = lines[3][..20];
        File.WriteAllLines(Path, lines);
        Assert.Equal($"'{Path}' is damaged before line 5.", Assert.Throws<InvalidDataException>(() => new CallJournal(Path)).Message);
        File.WriteAllText(Path, "notes\n");
        Assert.Equal($"'{Path}' is not a journal of calls, or of a version that came later: line 1 must say so.",
            Assert.Throws<InvalidDataException>(() => new CallJournal(Path)).Message);
    }

    [Fact]
    public void One_process_has_it_at_a_time()
    {
        using var journal = new CallJournal(Path);
        Assert.Equal($"'{Path}' is in use by another process.", Assert.Throws<IOException>(() => new CallJournal(Path)).Message);
    }

    [Fact]
    public void Calls_that_began_twice_are_two_that_may_be_charged()
    {
        using (var journal = new CallJournal(Path))
        {
            journal.Begin(Keys[0], new CallSize(1, 2));
            journal.Begin(Keys[0], new CallSize(1, 2));
            journal.Begin(Keys[1], new CallSize(3, 4));
            journal.Fail(Keys[1], new CallException(FailureKind.ServerError, "500", 1, false), null);
            journal.Begin(Keys[2], new CallSize(5, 6));
            journal.Fail(Keys[2], new CallException(FailureKind.TimedOut, "late", 1, true), new CallSize(5, 6));
        }
        using var again = new CallJournal(Path);
        Assert.Equal([new(1, 2), new(5, 6), new(1, 2)], again.Uncertain);
    }

    [Fact]
    public void Lines_longer_than_the_buffer_are_read()
    {
        var text = new string('가', 200_000);
        using (var journal = new CallJournal(Path))
        {
            journal.Answer(Keys[0], new CallAnswer(text, 1, 1, false));
            journal.Answer(Keys[1], new CallAnswer("short", 1, 1, false));
        }
        using var again = new CallJournal(Path);
        Assert.Equal((text, "short"), (again.Find(Keys[0])!.Text, again.Find(Keys[1])!.Text));
    }

    public void Dispose() => folder.Dispose();

    private void Fill()
    {
        using var journal = new CallJournal(Path);
        for (var i = 0; i < 3; i++)
        {
            journal.Begin(Keys[i], new CallSize(9, 9));
            journal.Answer(Keys[i], new CallAnswer($"answer {i}", i, i, false));
        }
    }
}
