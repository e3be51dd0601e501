using Microsoft.Extensions.Logging;

namespace Alignment.Feedback;

/// <summary>What a <see cref="CallPipeline"/> says to a logger, with its ids. Calls are named by the beginning of their keys, and texts are told at Trace alone.</summary>
internal static partial class CallLog
{
    private const int Shown = 12;   // of the 64 digits of a key

    /// <summary>What a message shows of a key.</summary>
    public static string Short(string key) => key[..Shown];

    [LoggerMessage(200, LogLevel.Information, "{Journal}: {Answers} answers are there, {Uncertain} calls may have been charged for without one.")]
    public static partial void Opened(ILogger logger, string journal, int answers, int uncertain);

    [LoggerMessage(201, LogLevel.Debug, "Call {Call} to {Model}: {Input} and {Output} tokens.")]
    public static partial void Answered(ILogger logger, string call, string model, long input, long output);

    [LoggerMessage(202, LogLevel.Information, "Call {Call}: {Reason} It is tried again in {Seconds:F1} seconds.")]
    public static partial void TriedAgain(ILogger logger, string call, string reason, double seconds);

    [LoggerMessage(203, LogLevel.Warning, "Call {Call} failed, {Kind}: {Reason}")]
    public static partial void Failed(ILogger logger, string call, FailureKind kind, string reason);

    [LoggerMessage(204, LogLevel.Warning, "{Reason}")]
    public static partial void Capped(ILogger logger, string reason);

    [LoggerMessage(205, LogLevel.Trace, "Call {Call} asked {Question} and was answered {Answer}")]
    public static partial void Texts(ILogger logger, string call, string question, string answer);
}
