using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Alignment.Training;

namespace Alignment.Tests.Observers;

/// <summary>What OpenTelemetry and others get to hear. Runs of other tests tell the same names: each test listens to its own run.</summary>
public sealed class TelemetryObserverTests : IDisposable
{
    private readonly string _run = Guid.NewGuid().ToString();
    private readonly List<string> _measurements = [];
    private readonly List<Activity> _activities = [];
    private readonly TestTime _time = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _listener;

    public TelemetryObserverTests()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Alignment") listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _meters.Start();
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Alignment",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (_activities) _activities.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [Fact]
    public void Measurements_of_a_run()
    {
        using var observer = new TelemetryObserver(_run);
        observer.Hear(
            RunEvents.Started(), RunEvents.Tried(), RunEvents.Step(1, 0.75), RunEvents.Warning(1), RunEvents.Saved(1),
            RunEvents.Evaluation(1, 0.4) with
            {
                Metrics =
                [
                    new("eval/loss", 0.4), new("eval/rewards/accuracies", double.NaN), new("eval/by_source/org/a set/loss", 0.5),
                    new("eval/by_source/org/a set/rewards/accuracies", 1), new("eval/by_source/b/rows", 7), new("eval/by_source/b/unknown", 9),
                ],
            });
        Assert.Equal(
        [
            "alignment.training.memory.peak 2500000000 By method=SFT",
            "alignment.training.steps 1 {step} method=SFT", "alignment.training.tokens 100 {token} method=SFT", "alignment.training.step.duration 2 s method=SFT",
            "alignment.training.loss 0.75 method=SFT", "alignment.training.grad_norm 2 method=SFT", "alignment.training.learning_rate 2E-05 method=SFT",
            "alignment.training.epoch 0.25 method=SFT", "alignment.training.tokens_per_second 50 method=SFT",
            "alignment.training.warnings 1 {warning} method=SFT warning.code=learning-rate-high", "alignment.training.checkpoints 1 {checkpoint} method=SFT",
            "alignment.training.evaluations 1 {evaluation} method=SFT", "alignment.evaluation.loss 0.4 method=SFT",
            "alignment.evaluation.loss 0.5 method=SFT source=org/a set", "alignment.evaluation.rewards.accuracies 1 method=SFT source=org/a set",
            "alignment.evaluation.rows 7 method=SFT source=b",
        ], _measurements);
    }

    [Fact]
    public void Names_of_instruments_have_the_letters_that_are_allowed()
    {
        using var observer = new TelemetryObserver(_run);
        observer.Hear(RunEvents.Started(), RunEvents.Evaluation(1, 1) with { Metrics = [new("eval/a b/ü:c", 1)] });
        Assert.Equal("alignment.evaluation.a_b.__c 1 method=SFT", _measurements[^1]);
    }

    [Fact]
    public void Activities_of_a_run()
    {
        using var observer = new TelemetryObserver(_run, time: _time) { TracesSteps = true };
        var start = _time.Now;
        observer.OnNext(RunEvents.Started());
        After(1, RunEvents.Step(1, 0.75));
        After(10, RunEvents.Evaluation(1, 0.4));
        After(5, RunEvents.Saved(1));
        After(0, RunEvents.Warning(1));
        After(2, RunEvents.Ended(1));
        observer.OnError(new OperationCanceledException());   // how a run ends that was asked to stop: no failure

        var run = Assert.Single(Mine(), activity => activity.OperationName == "train");
        Assert.Equal(["step 0+1", "evaluate 1+10", "save checkpoint 11+5", "train 0+18"], Mine().Select(Describe));
        Assert.All(Mine().Where(activity => activity != run), activity => Assert.Equal(run.SpanId, activity.ParentSpanId));
        Assert.Equal(ActivityStatusCode.Ok, run.Status);
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["alignment.method"] = "SFT", ["alignment.run"] = _run, ["alignment.step.first"] = 0, ["alignment.step.total"] = 4, ["alignment.rows"] = 16,
                ["alignment.rows.held_out"] = 2, ["alignment.parameters"] = 25_000L, ["alignment.parameters.trained"] = 1_000L, ["alignment.step.last"] = 1,
                ["alignment.end"] = "Completed",
            }, run.TagObjects.ToDictionary());
        Assert.Equal(("warning", "learning-rate-high"), (run.Events.Single().Name, run.Events.Single().Tags.ToDictionary()["alignment.warning.code"]));

        void After(int seconds, RunEvent value)
        {
            _time.Now += TimeSpan.FromSeconds(seconds);
            observer.OnNext(value);
        }

        string Describe(Activity activity) => string.Create(CultureInfo.InvariantCulture,
            $"{activity.OperationName} {(activity.StartTimeUtc - start.UtcDateTime).TotalSeconds}+{activity.Duration.TotalSeconds}");
    }

    [Fact]
    public void Steps_are_no_activities_by_default_and_none_is_left_current()
    {
        var before = Activity.Current;
        using var observer = new TelemetryObserver(_run);
        observer.Hear(RunEvents.Started(), RunEvents.Step(1, 0.75), RunEvents.Ended(1));
        Assert.Equal("train", Activity.Current?.OperationName);
        observer.OnCompleted();
        Assert.Same(before, Activity.Current);
        Assert.Equal(["train"], Mine().Select(activity => activity.OperationName));
    }

    [Fact]
    public void An_error_is_the_status_of_the_run()
    {
        using var observer = new TelemetryObserver(_run);
        observer.Hear(RunEvents.Started(), RunEvents.Step(1, 0.75));
        observer.OnError(new TrainingException("The loss must be finite."));
        var run = Assert.Single(Mine());
        Assert.Equal((ActivityStatusCode.Error, "The loss must be finite."), (run.Status, run.StatusDescription));
        Assert.Equal("Alignment.Training.TrainingException", Assert.Single(run.Events).Tags.ToDictionary()["exception.type"]);
    }

    [Fact]
    public void The_meter_comes_from_the_factory()
    {
        using var factory = new Factory();
        using (var observer = new TelemetryObserver(_run, factory)) observer.Hear(RunEvents.Started(), RunEvents.Saved(1));
        Assert.Equal("Alignment", factory.Made.Single().Name);
        Assert.Equal(["alignment.training.checkpoints 1 {checkpoint} method=SFT"], _measurements);
    }

    public void Dispose()
    {
        _meters.Dispose();
        _listener.Dispose();
    }

    private void Measured<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = tags.ToArray();
        if (!all.Contains(new("alignment.run", _run))) return;
        var rest = all.Where(tag => tag.Key != "alignment.run").Select(tag => $"{tag.Key.Replace("alignment.", "", StringComparison.Ordinal)}={tag.Value}");
        lock (_measurements)
            _measurements.Add(string.Join(' ', new[] { instrument.Name, Convert.ToString(value, CultureInfo.InvariantCulture), instrument.Unit }.OfType<string>().Where(part => part.Length > 0).Concat(rest)));
    }

    // Only those of this test's run and what is inside it.
    private List<Activity> Mine()
    {
        lock (_activities)
        {
            var run = _activities.FirstOrDefault(activity => (string?)activity.GetTagItem("alignment.run") == _run);
            return [.. _activities.Where(activity => activity.TraceId == run?.TraceId)];
        }
    }

    private sealed class Factory : IMeterFactory
    {
        public List<Meter> Made { get; } = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(options);
            Made.Add(meter);
            return meter;
        }

        public void Dispose() => Made.ForEach(meter => meter.Dispose());
    }
}
