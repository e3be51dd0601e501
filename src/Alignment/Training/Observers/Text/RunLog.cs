using Microsoft.Extensions.Logging;

namespace Alignment.Training;

/// <summary>The messages of <see cref="LoggerObserver"/>, with their ids.</summary>
internal static partial class RunLog
{
    [LoggerMessage(100, LogLevel.Information, "{Run}")]
    public static partial void Started(ILogger logger, string run);

    [LoggerMessage(101, LogLevel.Debug, "{Setting} = {Value}")]
    public static partial void Setting(ILogger logger, string setting, string value);

    [LoggerMessage(102, LogLevel.Information, "{Metrics}")]
    public static partial void Stepped(ILogger logger, string metrics);

    [LoggerMessage(103, LogLevel.Information, "{Metrics}")]
    public static partial void Evaluated(ILogger logger, string metrics);

    [LoggerMessage(104, LogLevel.Trace, "Answer at step {Step} to '{Prompt}': '{Response}'")]
    public static partial void Answered(ILogger logger, int step, string prompt, string response);

    [LoggerMessage(105, LogLevel.Warning, "Step {Step}, {Code}: {Warning}")]
    public static partial void Warned(ILogger logger, int step, string code, string warning);

    [LoggerMessage(106, LogLevel.Information, "Checkpoint of step {Step}: {Folder}")]
    public static partial void Saved(ILogger logger, int step, string folder);

    [LoggerMessage(107, LogLevel.Information, "{Run}")]
    public static partial void Ended(ILogger logger, string run);

    [LoggerMessage(108, LogLevel.Error, "The run failed after step {Step}.")]
    public static partial void Failed(ILogger logger, Exception error, int step);

    [LoggerMessage(109, LogLevel.Information, "{Run}")]
    public static partial void Tried(ILogger logger, string run);

    [LoggerMessage(110, LogLevel.Information, "{Run}")]
    public static partial void Estimated(ILogger logger, string run);

    [LoggerMessage(111, LogLevel.Trace, "First row: {Row}")]
    public static partial void Showed(ILogger logger, string row);

    [LoggerMessage(112, LogLevel.Information, "{Parts}")]
    public static partial void Parts(ILogger logger, string parts);

    [LoggerMessage(113, LogLevel.Trace, "Step {Step}, score {Score}: prompt {Prompt} was answered {Response}")]
    public static partial void Sampled(ILogger logger, int step, double score, string prompt, string response);
}
