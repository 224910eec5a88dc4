using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CkiSdk.Cli.Invocation;

/// <summary>Writes warnings and errors of a running service, or more, as single lines.</summary>
/// <param name="error">Where they go.</param>
/// <param name="least">What is told, and all that is graver.</param>
internal sealed class WarningLog(TextWriter error, LogLevel least = LogLevel.Warning) : ILoggerFactory, ILogger
{
    private readonly TextWriter _error = TextWriter.Synchronized(error);

    /// <summary>Returns this log for what is ours; what the framework has to say comes as an exception, too.</summary>
    public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("CkiSdk", StringComparison.Ordinal) ? this : NullLogger.Instance;

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider)
    {
        // There is one place where lines go, given at the start.
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var cause = exception is null ? "" : $": {Failures.Line(exception)}";
        _error.WriteLine($"cki: {(logLevel >= LogLevel.Error ? "error" : logLevel.ToString().ToLowerInvariant())}: {Failures.OneLine(formatter(state, exception))}{cause}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The writer is the caller's.
    }
}
