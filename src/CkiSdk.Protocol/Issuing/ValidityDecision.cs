using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Is what <see cref="ValidityRule"/> decides.</summary>
internal abstract record ValidityDecision
{
    private ValidityDecision()
    {
    }

    /// <summary>Says the validity, the key, and whether it differs from what was suggested (CKI Part 2 ¶84).</summary>
    public sealed record Decided(DateTimeOffset NotBefore, DateTimeOffset NotAfter, StoredInteroperabilityKey Key, bool IsModified) : ValidityDecision;

    /// <summary>Says why there can be no certificate.</summary>
    public sealed record Refused(Rejection Rejection) : ValidityDecision;
}
