namespace CkiSdk.Protocol.Storage;

/// <summary>Is a request for recovered keys that two different approvers must allow before anything is computed (CKI Part 2 ¶118).</summary>
/// <param name="Id">Its identifier: the SHA-256 of requester and transaction, the first 8 octets in hexadecimal.</param>
/// <param name="Transaction">The transaction under which it is asked again and finally answered.</param>
/// <param name="RequestHash">The SHA-256 of the DER of the request's body.</param>
/// <param name="Body">The DER of the request's body.</param>
/// <param name="AskedAt">When it was first asked.</param>
public sealed record RecoveryCase(string Id, TransactionKey Transaction, ReadOnlyMemory<byte> RequestHash, ReadOnlyMemory<byte> Body, DateTimeOffset AskedAt)
{
    /// <summary>Gets who has approved it so far, in order.</summary>
    public IReadOnlyList<string> Approvers { get; init; } = [];

    /// <summary>Gets who has refused it; null for nobody.</summary>
    public string? RefusedBy { get; init; }
}
