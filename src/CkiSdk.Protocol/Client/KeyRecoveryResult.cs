using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;

namespace CkiSdk.Protocol.Client;

/// <summary>Is what a request for private keys came to.</summary>
public abstract record KeyRecoveryResult
{
    private KeyRecoveryResult()
    {
    }

    /// <summary>There are keys.</summary>
    /// <param name="Keys">The keys, which the caller disposes of.</param>
    /// <param name="IsModified">Whether keys of some certificates are missing (CKI Part 2 ¶126).</param>
    public sealed record Granted(IReadOnlyList<RecoveredKey> Keys, bool IsModified) : KeyRecoveryResult;

    /// <summary>The CMA refuses.</summary>
    /// <param name="Failure">Why, for programs.</param>
    /// <param name="Text">Why, for people.</param>
    public sealed record Rejected(PKIFailureInfo Failure, string Text) : KeyRecoveryResult;

    /// <summary>Approvals are missing; send the same octets again later.</summary>
    /// <param name="Text">What the CMA says, for people.</param>
    public sealed record Waiting(string Text) : KeyRecoveryResult;
}
