namespace CkiSdk.Protocol.Storage;

/// <summary>Says what a party is to this one. A party may be several things.</summary>
[Flags]
public enum PartyKinds
{
    /// <summary>Nobody that is known here.</summary>
    None = 0,

    /// <summary>A user of the own domain.</summary>
    User = 1,

    /// <summary>One who may act for a user (CKI Part 2 ¶65).</summary>
    Delegate = 2,

    /// <summary>The CMA of another domain; to a user, his own CMA.</summary>
    Cma = 4,

    /// <summary>The TLCMA.</summary>
    Tlcma = 8,

    /// <summary>One who may ask for recovered keys (CKI Part 2 ¶118).</summary>
    RecoveryRequester = 16,

    /// <summary>A user of the own domain whom a revoked user list names; he is no <see cref="User"/> then.</summary>
    RevokedUser = 32,

    /// <summary>One whose approval of a request for recovered keys counts.</summary>
    RecoveryApprover = 64,
}
