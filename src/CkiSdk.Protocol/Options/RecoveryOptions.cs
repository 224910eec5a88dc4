namespace CkiSdk.Protocol.Options;

/// <summary>Turns key recovery on (CKI Part 2 §III.H, optional by ¶121).</summary>
public sealed record RecoveryOptions
{
    /// <summary>Gets how many different people must approve a request before anything is computed; two at least.</summary>
    public int Approvals { get; init; } = 2;

    /// <summary>Gets after what time one asks again who has been told to wait.</summary>
    public TimeSpan CheckBack { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets how many requests of one party may wait for approvals or for being asked again; the next is rejected.</summary>
    public int MostOpenCases { get; init; } = 20;

    /// <summary>Gets after what time the approvals of a party count that is made an approver, or gets other keys, once the CMA is set up (a request was made, or the first approver is there as long as this): for requests that are made then. So nobody who configures parties can approve alone, unseen, what he wants to have.</summary>
    public TimeSpan ApproverDelay { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Gets how many keys one request may ask for.</summary>
    public int MostKeys { get; init; } = 20;
}
