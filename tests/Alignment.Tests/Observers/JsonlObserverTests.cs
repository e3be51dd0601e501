using System.Globalization;
using Alignment.Training;

namespace Alignment.Tests.Observers;

/// <summary>The lines of a run, to the byte.</summary>
public sealed class JsonlObserverTests : IDisposable
{
    private const string Start = """
        {"event":"start","step":0,"method":"SFT","total_steps":4,"rows":16,"held_out_rows":2,"trained_parameters":1000,"parameters":25000,"logging_steps":2,"settings":{"Optimizer.LearningRate":"2E-05","Run.Seed":"42"}}

        """;

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("metrics.jsonl");

    [Fact]
    public void Every_kind_of_line()
    {
        using var observer = new JsonlObserver(Path);
        observer.Hear(
            RunEvents.Started(), RunEvents.Warning(0), RunEvents.Row(), RunEvents.Memory(), RunEvents.Tried(),
            RunEvents.Step(1, 0.75, 100, 50, 2, 1e-5), RunEvents.Step(2, 0.25, 300, 300, 1, 2e-5),
            RunEvents.Evaluation(2, 0.4, new SampleAnswer("한국어?\n", "\"네\" \u2028\ud800")), RunEvents.Saved(2),
            RunEvents.Step(3, 0.125), RunEvents.Ended(3, RunEnd.EarlyStopped) with { BestStep = 2 });
        observer.OnCompleted();

        // 400 tokens in 3 seconds. A separator of lines that is not '\n' and half a character do not reach the file as such.
        Assert.Equal(Start + """
            {"event":"warning","step":0,"code":"learning-rate-high","message":"The rate of 0.1 is \"high\"."}
            {"event":"memory","step":0,"weights_bytes":2000000000,"gradients_bytes":1500000,"optimizer_bytes":3000000,"activations_bytes":4500,"reference_bytes":0,"peak_bytes":2004500000}
            {"event":"longest_batch","step":0,"rows":8,"tokens":4096,"peak_bytes":2500000000}
            {"event":"step","step":2,"loss":0.5,"grad_norm":1.5,"learning_rate":2E-05,"epoch":0.5,"num_tokens":400,"tokens_per_second":133.33333333333334}
            {"event":"eval","step":2,"is_best":true,"eval/loss":0.4,"answers":[{"prompt":"한국어?\n","response":"\"네\" \u2028\uFFFD"}]}
            {"event":"checkpoint","step":2,"folder":"checkpoint-000002"}
            {"event":"step","step":3,"loss":0.125,"grad_norm":2,"learning_rate":2E-05,"epoch":0.75,"num_tokens":100,"tokens_per_second":50}
            {"event":"end","step":3,"reason":"early_stopped","best_step":2,"elapsed_seconds":90.5}

            """, File.ReadAllText(Path));
    }

    [Fact]
    public void Without_times_and_answers()
    {
        using var observer = new JsonlObserver(Path) { IncludesTimes = false, IncludesAnswers = false };
        observer.Hear(RunEvents.Started(loggingSteps: 1), RunEvents.Tried(), RunEvents.Step(1, 0.5), RunEvents.Evaluation(1, 0.4, new SampleAnswer("a", "b")), RunEvents.Ended(1));
        Assert.Equal(
        [
            """{"event":"longest_batch","step":0,"rows":8,"tokens":4096}""",
            """{"event":"step","step":1,"loss":0.5,"grad_norm":2,"learning_rate":2E-05,"epoch":0.25,"num_tokens":100}""",
            """{"event":"eval","step":1,"is_best":true,"eval/loss":0.4}""",
            """{"event":"end","step":1,"reason":"completed","best_step":null}""",
        ], Lines().Skip(1));
    }

    [Fact]
    public void Numbers_that_JSON_has_no_words_for()
    {
        using var observer = new JsonlObserver(Path);
        observer.Hear(RunEvents.Started(), RunEvents.Evaluation(0, 1) with { Metrics = [new("a", double.NaN), new("b", double.PositiveInfinity), new("c", double.NegativeInfinity), new("d", 5e-324)] });
        Assert.Equal("""{"event":"eval","step":0,"is_best":true,"a":null,"b":"Infinity","c":"-Infinity","d":5E-324}""", Lines().Last());
    }

    [Fact]
    public void An_error_ends_the_file_after_the_steps_before_it()
    {
        using var observer = new JsonlObserver(Path) { IncludesTimes = false };
        observer.Hear(RunEvents.Started(), RunEvents.Step(1, 0.5));
        observer.OnError(new TrainingException("The loss must be finite."));
        Assert.Equal(
        [
            """{"event":"step","step":1,"loss":0.5,"grad_norm":2,"learning_rate":2E-05,"epoch":0.25,"num_tokens":100}""",
            """{"event":"error","step":1,"type":"Alignment.Training.TrainingException","message":"The loss must be finite."}""",
        ], Lines().Skip(1));
        File.Delete(Path);   // on Windows, only where nobody holds it
    }

    [Fact]
    public void A_run_that_was_asked_to_stop_ends_without_an_error()
    {
        using var observer = new JsonlObserver(Path) { IncludesTimes = false };
        observer.Hear(RunEvents.Started(), RunEvents.Ended(0, RunEnd.Interrupted));
        observer.OnError(new OperationCanceledException());
        Assert.Equal("""{"event":"end","step":0,"reason":"interrupted","best_step":null}""", Lines().Last());
    }

    [Fact]
    public void A_line_is_there_before_the_run_goes_on()
    {
        using var observer = new JsonlObserver(Path);
        observer.OnNext(RunEvents.Started());
        Assert.Equal(Start, Lines().Single() + "\n");
    }

    [Fact]
    public void The_culture_of_a_thread_does_not_matter()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NegativeSign = "minus", NumberGroupSeparator = "." };
        var thread = new Thread(() =>
        {
            CultureInfo.CurrentCulture = culture;
            using var observer = new JsonlObserver(Path) { IncludesTimes = false };
            observer.Hear(RunEvents.Started(loggingSteps: 1), RunEvents.Step(1, -0.5));
        });
        thread.Start();
        thread.Join();
        Assert.Equal("""{"event":"step","step":1,"loss":-0.5,"grad_norm":2,"learning_rate":2E-05,"epoch":0.25,"num_tokens":100}""", Lines().Last());
    }

    [Fact]
    public void An_event_before_the_start_is_refused()
    {
        using var observer = new JsonlObserver(Path);
        Assert.Equal("A run begins with RunStarted; SftStep came first.", Assert.Throws<InvalidOperationException>(() => observer.OnNext(RunEvents.Step(1, 1))).Message);
        observer.OnError(new TrainingException("The model can't be read."));
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void A_file_that_can_t_be_made_is_named()
    {
        File.WriteAllText(Path, "");
        using var observer = new JsonlObserver(System.IO.Path.Combine(Path, "metrics.jsonl"));
        Assert.StartsWith($"'{Path}/metrics.jsonl' can't be written: ", Assert.Throws<IOException>(() => observer.OnNext(RunEvents.Started())).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private List<string> Lines()
    {
        using var reader = new StreamReader(new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().TrimEnd('\n').Split('\n')];
    }
}
