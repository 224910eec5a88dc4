namespace CkiSdk.Protocol.Storage;

/// <summary>Is a party that this authority is configured to deal with: another CMA, the TLCMA, one who may ask for recovered keys.</summary>
/// <param name="CanonicalName">Its name in canonical form, under which it is found.</param>
/// <param name="Name">The DER of its name.</param>
/// <param name="Kinds">What it may be.</param>
public sealed record StoredPeer(string CanonicalName, ReadOnlyMemory<byte> Name, PartyKinds Kinds)
{
    /// <summary>Gets the DER of NameConstraintsSyntax: the subtrees within which the domain of a CMA must lie; empty for a party without a domain.</summary>
    public ReadOnlyMemory<byte> Domain { get; init; }

    /// <summary>Gets the DER of the certificate to which keys for the party are sealed; empty where none is configured.</summary>
    public ReadOnlyMemory<byte> EncryptionCertificate { get; init; }

    /// <summary>Gets from when on requests for recovered keys are for the party to approve: those that were made before are not. It stays when the party may approve no longer; null for one who never could.</summary>
    public DateTimeOffset? ApprovesFrom { get; init; }

    /// <summary>Gets when the party was first made an approver, whatever became of it since; null for one who never was, or was made one before this was kept.</summary>
    public DateTimeOffset? ApproverSince { get; init; }

    /// <summary>Gets the DER of the certificate that the party's own certificates must lead to, besides the configured anchors; empty for none.</summary>
    public ReadOnlyMemory<byte> Anchor { get; init; }
}
