using System.Globalization;
using System.Xml.Linq;
using Alignment.Training;

namespace Alignment.Tests.Observers;

/// <summary>The page of a run, read back as XML.</summary>
public sealed class ReportObserverTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestTime _time = new();

    private string Path => _folder.File("out", "report.html");

    [Fact]
    public void A_run_from_start_to_end()
    {
        var observer = new ReportObserver(Path, _time) { Data = [new("Duplicates", "3 & <b>")] };
        observer.Hear(
            RunEvents.Started(), RunEvents.Warning(0), RunEvents.Row(), RunEvents.Memory(), RunEvents.Evaluation(0, 0.9, new SampleAnswer("Why <i>?", "before")), RunEvents.Step(1, 0.75), RunEvents.Step(2, 0.25),
            RunEvents.Evaluation(2, 0.4, new SampleAnswer("Why <i>?", "after\n한국어"), new SampleAnswer("New?", "yes")),
            RunEvents.Step(3, 0.125), RunEvents.Step(4, 0.0625), RunEvents.Evaluation(4, 0.5, new SampleAnswer("Why <i>?", "last\u0001")) with { IsBest = false }, RunEvents.Ended(4));
        observer.OnCompleted();

        var page = Page();
        Assert.Equal("SFT run", page.Element("body")!.Element("h1")!.Value);
        Assert.Equal("completed after 4 steps and 0:01:30 · 2026-03-01 12:00 UTC", page.Element("body")!.Element("p")!.Value);
        Assert.Equal(["4 / 4 Steps", "0.0625 Loss", "0.5000 Held-out loss", "25k Parameters", "1,000 Trained", "1 Warnings"], Tiles(page));
        Assert.Equal(["Curves", "Evaluations", "Answers", "Warnings", "Data", "First row", "Memory, counted before the run", "Settings"], page.Descendants("h2").Select(title => title.Value));
        Assert.Equal(["Loss", "Gradient norm", "Learning rate", "Speed"], page.Descendants("figcaption").Select(title => title.Value));
        Assert.Equal([["", "First, step 0", "Best, step 2", "Last, step 4"], ["eval/loss", "0.9000", "0.4000", "0.5000"]], Rows(Section(page, "Evaluations")));
        Assert.Equal(["Why <i>?", "before", "last␁"], Section(page, "Answers").Descendants("div").Where(div => (string?)div.Attribute("class") == "preview").Select(div => div.Value));
        Assert.Equal(["Before: step 0", "After: step 4"], Section(page, "Answers").Descendants("p").Select(text => text.Value));
        Assert.Equal("learning-rate-highStep 0: The rate of 0.1 is \"high\".", Section(page, "Warnings").Descendants("p").Single().Value);
        Assert.Equal([["Rows", "16"], ["Rows held out", "2"], ["Duplicates", "3 & <b>"]], Rows(Section(page, "Data")));
        Assert.Equal("abc<end>", Section(page, "First row").Descendants("div").Single().Value);
        Assert.Equal("c<end>", Section(page, "First row").Descendants("mark").Single().Value);
        Assert.Equal([["weights", "2.00 GB"], ["gradients", "1.5 MB"], ["optimizer", "3.0 MB"], ["activations", "4.5 kB"], ["reference", "0.0 kB"], ["peak", "2.00 GB"]], Rows(Section(page, "Memory, counted before the run")));
        Assert.Equal([["Method", "SFT"], ["Optimizer.LearningRate", "2E-05"], ["Run.Seed", "42"]], Rows(Section(page, "Settings")));
    }

    [Fact]
    public void Sampled_responses_stand_with_their_rewards_also_where_a_run_goes_on()
    {
        Write([.. Enumerable.Range(1, 3).Select(step => RunEvents.Responses(step, step / 2.0))]);
        string[][] first = [["1", "Why <i>?", "since 1", "0.5000"], ["1", "How?", "so\nand so", "-Infinity"]];
        Assert.Equal([["Step", "Prompt", "Response", "Reward"], .. first, ["3", "Why <i>?", "since 3", "1.500"], ["3", "How?", "so\nand so", "-Infinity"]], Rows(Section(Page(), "Sampled responses")));

        Write([RunEvents.Started(2), RunEvents.Responses(3, 7)]);   // what came after the checkpoint is void
        Assert.Equal([["Step", "Prompt", "Response", "Reward"], .. first, ["3", "Why <i>?", "since 3", "7.000"], ["3", "How?", "so\nand so", "-Infinity"]], Rows(Section(Page(), "Sampled responses")));
    }

    [Fact]
    public void The_page_is_self_contained()
    {
        Write([.. Steps(1, 3)]);
        var page = Page();
        Assert.Empty(page.Descendants("script"));
        Assert.Empty(page.Descendants("link"));
        Assert.All(page.Descendants().Attributes(), attribute => Assert.DoesNotContain(attribute.Name.LocalName, (string[])["src", "href", "onload", "onclick"]));
    }

    [Fact]
    public void It_is_written_at_evaluations_and_checkpoints_and_says_where_the_run_stands()
    {
        var observer = new ReportObserver(Path, _time) { Title = "My <run>" };
        observer.OnNext(RunEvents.Started());
        Assert.Equal("after 0 steps · 2026-03-01 12:00 UTC", Page().Element("body")!.Element("p")!.Value);
        observer.Hear(RunEvents.Step(1, 0.5), RunEvents.Saved(1), RunEvents.Step(2, 0.5));
        Assert.Equal("1 / 4 Steps", Tiles(Page())[0]);
        observer.OnNext(RunEvents.Evaluation(2, 0.4));
        Assert.Equal("2 / 4 Steps", Tiles(Page())[0]);
        observer.OnNext(RunEvents.Step(3, 0.5));
        observer.OnError(new TrainingException("The loss must be finite."));
        Assert.Equal("failed after 3 steps: The loss must be finite. · 2026-03-01 12:00 UTC", Page().Element("body")!.Element("p")!.Value);
        Assert.Equal("My <run>", Page().Element("head")!.Element("title")!.Value);
        Assert.Single(Directory.GetFiles(_folder.File("out")));   // nothing temporary stays
    }

    [Fact]
    public void A_run_that_was_asked_to_stop_did_not_fail()
    {
        var observer = new ReportObserver(Path, _time);
        observer.Hear(RunEvents.Started(), RunEvents.Step(1, 0.5), RunEvents.Ended(1, RunEnd.Interrupted));
        observer.OnError(new OperationCanceledException());
        Assert.StartsWith("interrupted after 1 steps", Page().Element("body")!.Element("p")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_killed_and_goes_on_leaves_the_same_page()
    {
        RunEvent[] whole = [RunEvents.Started(), RunEvents.Warning(0), RunEvents.Row(), RunEvents.Memory(), RunEvents.Evaluation(0, 2, new SampleAnswer("q", "a")), .. Steps(1, 40), RunEvents.Ended(40)];
        Write(whole);
        var expected = File.ReadAllText(Path);
        foreach (var at in (int[])[10, 20, 30])
        {
            File.Delete(Path);
            // Killed two steps after the checkpoint, and after an evaluation that is void then.
            Write([.. whole.TakeWhile(value => value.Step <= at), RunEvents.Saved(at), RunEvents.Step(at + 1, 77), RunEvents.Warning(at + 1), RunEvents.Evaluation(at + 1, -5)], writesStart: false);
            Write([RunEvents.Started(at), RunEvents.Warning(0), .. whole.Where(value => value.Step > at)], writesStart: false);
            Assert.Equal(expected, File.ReadAllText(Path));
        }
    }

    [Fact]
    public void Steps_that_the_page_has_not_come_from_the_checkpoint()
    {
        Write([.. Steps(1, 5)]);
        // Its checkpoint of step 7 was there, its page not yet.
        Write([RunEvents.Started(7) with { RecentSteps = [.. Steps(4, 8).Select(step => new StepMetrics(step.Step, ((TrainingStep)step).Metrics))] }, .. Steps(8, 9), RunEvents.Saved(9)], writesStart: false);
        var (record, _) = ReportFile.Read(Path)!.Value;
        Assert.Equal(Enumerable.Range(1, 9).Select(step => (step, Math.Sqrt(step))), record.Curves["loss"].Points);
    }

    [Fact]
    public void The_page_of_a_run_that_ended_is_kept()
    {
        Write([.. Steps(1, 2), RunEvents.Ended(2)]);
        var first = File.ReadAllText(Path);
        Write([.. Steps(1, 3)]);
        Write([.. Steps(1, 3)]);   // the one before did not end
        Assert.Equal(["report.1.html", "report.html"], Directory.GetFiles(_folder.File("out")).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(first, File.ReadAllText(_folder.File("out", "report.1.html")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><p>unclosed</html>")]
    [InlineData("<html><body /></html>")]
    [InlineData("<html><template id=\"other\">{}</template></html>")]
    [InlineData("<html><template id=\"run\">{}</template></html>")]
    [InlineData("<html><template id=\"run\">[1]</template></html>")]
    [InlineData("<html><template id=\"run\">{\"version\":2}</template></html>")]
    [InlineData("""<!DOCTYPE x [<!ENTITY a '{"version":1,"ended":false,"curves":{},"evaluations":[],"warnings":[],"more_warnings":0}'>]><html><template id="run">&a;</template></html>""")]
    public void A_file_of_something_else_is_refused_and_stays(string text)
    {
        Directory.CreateDirectory(_folder.File("out"));
        File.WriteAllText(Path, text);
        var error = Assert.Throws<InvalidDataException>(() => new ReportObserver(Path).OnNext(RunEvents.Started()));
        Assert.Equal($"'{Path}' is not the report of a run. Nothing was changed. Name another file, or move this one away.", error.Message);
        Assert.Equal(text, File.ReadAllText(Path));
    }

    [Fact]
    public void Mutated_pages_end_in_a_named_error_or_go_on()
    {
        Write([RunEvents.Evaluation(0, 2, new SampleAnswer("q", "a")), .. Steps(1, 4), RunEvents.Warning(4), RunEvents.Saved(4)]);
        var page = File.ReadAllText(Path);
        var (start, end) = (page.IndexOf("<template", StringComparison.Ordinal), page.Length);
        var random = new SplitMix64(5);
        var refused = 0;
        for (var i = 0; i < 300; i++)
        {
            var text = page.ToCharArray();
            for (var flips = random.Below(3); flips < 3; flips++) text[start + (int)random.Below((ulong)(end - start))] = (char)(32 + random.Below(95));
            File.WriteAllText(Path, new string(text));
            try
            {
                new ReportObserver(Path, _time).OnNext(RunEvents.Started((int)random.Below(6)));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 100, 299);
    }

    [Fact]
    public void Warnings_are_counted_beyond_those_that_are_kept()
    {
        Write([.. Enumerable.Range(1, 205).Select(RunEvents.Warning), RunEvents.Saved(205)]);
        Assert.Equal("205 Warnings", Tiles(Page())[^1]);
        Assert.Equal("and 5 more", Section(Page(), "Warnings").Elements("p").Single().Value);
    }

    [Fact]
    public void Of_many_evaluations_the_first_the_best_and_the_last_ones_stay()
    {
        var record = new RunRecord();
        for (var step = 1; step <= 100; step++) record.Add(RunEvents.Evaluation(step, 1) with { IsBest = step is 1 or 5 });
        Assert.Equal([1, 5, .. Enumerable.Range(71, 30)], record.Evaluations.Select(evaluation => evaluation.Step));
        Assert.Equal((1, 5, 100), (record.First!.Step, record.Best!.Step, record.Last!.Step));
    }

    [Fact]
    public void A_long_run_makes_no_larger_page()
    {
        Write([.. Steps(1, 1_000), RunEvents.Saved(1_000)]);
        var size = new FileInfo(Path).Length;
        Write([.. Steps(1, 100_000), RunEvents.Saved(100_000)]);
        Assert.InRange(new FileInfo(Path).Length, size / 3, 3 * size);
    }

    [Fact]
    public void A_page_that_can_t_be_written_is_named_and_does_not_hide_the_error_of_the_run()
    {
        var observer = new ReportObserver(Path, _time);
        Assert.Equal("A run begins with RunStarted; SftStep came first.", Assert.Throws<InvalidOperationException>(() => observer.OnNext(RunEvents.Step(1, 1))).Message);
        observer.OnNext(RunEvents.Started());
        Directory.Delete(_folder.File("out"), recursive: true);
        File.WriteAllText(_folder.File("out"), "");
        Assert.StartsWith($"'{Path}' can't be written: ", Assert.Throws<IOException>(() => observer.OnNext(RunEvents.Saved(1))).Message, StringComparison.Ordinal);
        observer.OnError(new TrainingException("The loss must be finite."));
        Assert.Equal("", File.ReadAllText(_folder.File("out")));
    }

    [Fact]
    public void Curves_stand_together_where_they_belong_together()
    {
        static Metric[] Metrics(params string[] names) => [.. names.Select(name => new Metric(name, 1))];
        var record = new RunRecord();
        for (var step = 1; step <= 100; step++)
            record.Add(new StepMetrics(step, Metrics("loss", "epoch", "num_tokens", "rewards/chosen", "rewards/rejected", "rewards/margins", "rewards/accuracies", "entropy")));
        record.Add(RunEvents.Evaluation(100, 1) with { Metrics = Metrics("eval/loss", "eval/rewards/accuracies", "eval/rewards/accuracies_low", "eval/rewards/chosen", "eval/by_source/a/loss", "eval/perplexity") });

        var charts = ReportCharts.Of(record.Curves).ToDictionary(figure => figure.Element("figcaption")!.Value, Lines);
        Assert.Equal(["Loss", "Rewards", "Accuracy", "entropy", "perplexity"], charts.Keys);
        Assert.Equal(["loss", "loss, smoothed", "eval/loss", "eval/loss: 1 at 100"], charts["Loss"]);
        Assert.Equal(["rewards/chosen", "rewards/rejected", "rewards/margins", "eval/rewards/chosen", "eval/rewards/chosen: 1 at 100"], charts["Rewards"]);
        Assert.Equal(["rewards/accuracies", "rewards/accuracies, smoothed", "eval/rewards/accuracies", "eval/rewards/accuracies: 1 at 100"], charts["Accuracy"]);
        Assert.Equal(["eval/perplexity", "eval/perplexity: 1 at 100"], charts["perplexity"]);   // a line of one point, and its mark

        static List<string> Lines(XElement figure) =>
            [.. figure.Descendants().Where(shape => ((string?)shape.Attribute("class"))?.Split(' ').Contains("line") == true).Select(shape => shape.Value)];
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<RunEvent> Steps(int first, int last)
    {
        for (var step = first; step <= last; step++) yield return RunEvents.Step(step, Math.Sqrt(step));
    }

    private void Write(RunEvent[] events, bool writesStart = true)
    {
        var observer = new ReportObserver(Path, _time);
        if (writesStart && events[0] is not RunStarted) observer.OnNext(RunEvents.Started());
        observer.Hear(events);
        if (events[^1] is TrainingStep last) observer.OnNext(RunEvents.Saved(last.Step));
    }

    private XElement Page() => XDocument.Load(Path).Root!;

    private static XElement Section(XElement page, string title) => page.Descendants("section").Single(section => section.Element("h2")!.Value == title);

    private static List<string[]> Rows(XElement section) => [.. section.Descendants("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray())];

    private static List<string> Tiles(XElement page) => [.. page.Descendants("div").Where(div => ((string?)div.Attribute("class"))?.Split(' ')[0] == "tile")
        .Select(tile => string.Join(' ', tile.Elements().Select(element => element.Value)))];
}
