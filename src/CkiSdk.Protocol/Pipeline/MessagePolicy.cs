namespace CkiSdk.Protocol.Pipeline;

/// <summary>Holds what the message rules leave to local configuration.</summary>
/// <param name="ClockTolerance">How far clocks may be apart.</param>
/// <param name="ReplayWindow">How old a message may be.</param>
/// <param name="RequiredOfRequests">The services of requests for which local policy decides.</param>
internal sealed record MessagePolicy(TimeSpan ClockTolerance, TimeSpan ReplayWindow, SecurityServices RequiredOfRequests);
