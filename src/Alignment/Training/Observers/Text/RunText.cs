using System.Globalization;

namespace Alignment.Training;

/// <summary>What people read of the events of a run.</summary>
internal static class RunText
{
    public static string Of(RunStarted started)
    {
        var verb = started.Step == 0 ? "starts" : string.Create(CultureInfo.InvariantCulture, $"goes on after step {started.Step:N0}");
        return string.Create(CultureInfo.InvariantCulture,
            $"{started.Method} {verb}: {started.TotalSteps:N0} steps, {started.Rows:N0} rows, {started.HeldOutRows:N0} held out; "
            + $"{started.TrainedParameters:N0} of {started.Parameters:N0} parameters are trained");
    }

    public static string Of(LongestBatchTried tried) => string.Create(CultureInfo.InvariantCulture,
        $"the longest batch, {tried.Rows:N0} rows of {tried.Tokens:N0} tokens, went through; at most {Bytes(tried.PeakBytes)} were in use");

    public static string Of(MemoryEstimate bytes) => string.Create(CultureInfo.InvariantCulture,
        $"tensors will need {Bytes(bytes.Peak)} at most: {string.Join(", ", bytes.Parts.SkipLast(1).Select(part => $"{part.Key} {Bytes(part.Value)}"))}");

    /// <summary>A table, a line for each part.</summary>
    public static string Of(ModelPartsTold told)
    {
        var width = told.Parts.Max(part => part.Name.Length);
        var lines = told.Parts.Select(part => string.Create(CultureInfo.InvariantCulture,
            $"  {part.Name.PadRight(width)}  {part.Parameters,15:N0} parameters, {part.TrainedParameters,15:N0} trained, {part.Bytes / 1e6,10:N1} MB"));
        return string.Join(Environment.NewLine, lines.Prepend(string.Create(CultureInfo.InvariantCulture, $"models in memory, {told.Bytes / 1e6:N1} MB of weights:")));
    }

    public static string Of(RunEnded ended)
    {
        var reason = ended.Reason switch
        {
            RunEnd.Completed => "completed",
            RunEnd.EarlyStopped => "stopped early, since evaluations had stopped to get better",
            RunEnd.OverOptimized => "stopped, since it was over-optimized",
            RunEnd.Interrupted => "interrupted",
            RunEnd.DryRun => "dry run ended",
            _ => ended.Reason.ToString(),
        };
        var best = ended.BestStep is { } step ? string.Create(CultureInfo.InvariantCulture, $"; the best evaluation was at step {step:N0}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{reason} after {ended.Step:N0} steps and {Duration(ended.Elapsed)}{best}");
    }

    public static string Bytes(long bytes) => bytes switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F2} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F1} kB"),
    };

    public static string Duration(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");
}
