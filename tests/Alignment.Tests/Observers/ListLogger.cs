using Microsoft.Extensions.Logging;

namespace Alignment.Tests.Observers;

/// <summary>A logger that keeps its messages.</summary>
internal sealed class ListLogger(LogLevel least) : ILogger
{
    public List<(LogLevel Level, int Id, string Text)> Messages { get; } = [];

    public Exception? Error { get; private set; }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Messages.Add((logLevel, eventId.Id, formatter(state, exception)));
        Error ??= exception;
    }
}
