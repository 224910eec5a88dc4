namespace CkiSdk.Transports.Kestrel.Health;

/// <summary>Is one thing that was looked at.</summary>
/// <param name="Name">Its name, one word.</param>
/// <param name="IsGood">Whether it is as it should be.</param>
/// <param name="Text">What was found, and where it is not good what to do; no secret, because anyone may read it who reaches the address.</param>
public sealed record HealthCheck(string Name, bool IsGood, string Text);
