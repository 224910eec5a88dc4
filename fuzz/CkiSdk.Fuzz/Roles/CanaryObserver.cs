using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Fuzz.Roles;

/// <summary>Looks for the canary in everything that the front door tells those who watch it: log entries with their values and exceptions, tags of activities and of measurements.</summary>
internal sealed class CanaryObserver : ILogger<CkiServer>, IDisposable
{
    private readonly ActivityListener _activities = new()
    {
        ShouldListenTo = source => source.Name == CkiDiagnostics.ActivitySourceName,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        ActivityStopped = Check,
    };

    private readonly MeterListener _meters = new()
    {
        InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == CkiDiagnostics.MeterName) listener.EnableMeasurementEvents(instrument);
        },
    };

    private long _seen;

    public CanaryObserver()
    {
        ActivitySource.AddActivityListener(_activities);
        _meters.SetMeasurementEventCallback<double>((_, _, tags, _) => Check(tags));
        _meters.SetMeasurementEventCallback<long>((_, _, tags, _) => Check(tags));
        _meters.Start();
    }

    /// <summary>Gets how many log entries were looked at.</summary>
    public long Seen => _seen;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _seen++;
        Canaries.None(formatter(state, exception));
        if (exception is not null) Canaries.None(exception.ToString());
        foreach (var (_, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? []) Check(value);
    }

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    private static void Check(Activity activity)
    {
        Canaries.None($"{activity.DisplayName} {activity.StatusDescription}");
        foreach (var (_, value) in activity.TagObjects) Check(value);
    }

    private static void Check(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (_, value) in tags) Check(value);
    }

    private static void Check(object? value)
    {
        switch (value)
        {
            case byte[] octets: Canaries.None(octets); break;
            case ReadOnlyMemory<byte> octets: Canaries.None(octets.Span); break;
            case not null: Canaries.None(value.ToString() ?? ""); break;
        }
    }
}
