namespace CkiSdk.Protocol.Options;

/// <summary>Turns key recovery on (CKI Part 2 §III.H, optional by ¶121).</summary>
public sealed record RecoveryOptions
{
    /// <summary>Gets how many different people must approve a request before anything is computed; two at least.</summary>
    public int Approvals { get; init; } = 2;

    /// <summary>Gets after what time one asks again who has been told to wait.</summary>
    public TimeSpan CheckBack { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets how many keys one request may ask for.</summary>
    public int MostKeys { get; init; } = 20;
}
