using System.Diagnostics;

namespace Alignment.Training;

/// <summary>The activities of a run. What happens inside it is heard of when it is done: it began when the event before was heard.</summary>
internal sealed class RunActivities(TimeProvider time) : IDisposable
{
    private readonly ActivitySource _source = new(TelemetryObserver.SourceName);
    private Activity? _run;
    private DateTimeOffset _heard;

    public void Start(RunStarted started, string? run)
    {
        Stop();
        _run = _source.StartActivity("train", ActivityKind.Internal, parentId: null, startTime: time.GetUtcNow(), tags:
        [
            new("alignment.method", started.Method), new("alignment.run", run), new("alignment.step.first", started.Step),
            new("alignment.step.total", started.TotalSteps), new("alignment.rows", started.Rows), new("alignment.rows.held_out", started.HeldOutRows),
            new("alignment.parameters", started.Parameters), new("alignment.parameters.trained", started.TrainedParameters),
        ]);
    }

    public void Inside(string name, RunEvent value)
    {
        if (_run is null) return;
        using var activity = _source.StartActivity(name, ActivityKind.Internal, _run.Context, [new("alignment.step", value.Step)], startTime: _heard);
        activity?.SetEndTime(time.GetUtcNow().UtcDateTime);
    }

    public void Warn(RunWarning warning) => _run?.AddEvent(new ActivityEvent("warning", time.GetUtcNow(), new ActivityTagsCollection
    {
        ["alignment.step"] = warning.Step, ["alignment.warning.code"] = warning.Code, ["alignment.warning.message"] = warning.Message,
    }));

    public void End(RunEnded ended)
    {
        _run?.SetTag("alignment.step.last", ended.Step).SetTag("alignment.end", ended.Reason.ToString());
        _run?.SetStatus(ActivityStatusCode.Ok);
    }

    public void Fail(Exception error)
    {
        // A run that was asked to stop has said so.
        if (_run?.Status == ActivityStatusCode.Unset) _run.AddException(error, timestamp: time.GetUtcNow()).SetStatus(ActivityStatusCode.Error, error.Message);
        Stop();
    }

    public void Heard() => _heard = _run is null ? default : time.GetUtcNow();

    public void Stop()
    {
        _run?.SetEndTime(time.GetUtcNow().UtcDateTime).Dispose();
        _run = null;
    }

    public void Dispose()
    {
        Stop();
        _source.Dispose();
    }
}
