namespace CkiSdk.Transports.Kestrel.Tests.Standing;

/// <summary>Is a clock that goes on when told, and has no timers.</summary>
internal sealed class Clock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UtcNow;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
