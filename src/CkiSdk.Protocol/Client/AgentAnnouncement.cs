using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol.Client;

/// <summary>Is what the user's CMA has announced and the agent has taken.</summary>
public abstract record AgentAnnouncement
{
    private AgentAnnouncement()
    {
    }

    /// <summary>A seed key, local or external (CKI Part 2 ¶62, ¶69).</summary>
    /// <param name="Identifier">The DER of its identifier.</param>
    /// <param name="Cma">The CMA whose certificates it belongs to.</param>
    public sealed record SeedKey(ReadOnlyMemory<byte> Identifier, DistinguishedName Cma) : AgentAnnouncement;

    /// <summary>A new send certificate (CKI Part 2 ¶79).</summary>
    /// <param name="Certificate">The certificate.</param>
    public sealed record SendCertificate(Certificate Certificate) : AgentAnnouncement;

    /// <summary>New receive certificates (CKI Part 2 ¶91).</summary>
    /// <param name="Certificates">The certificates.</param>
    public sealed record ReceiveCertificates(IReadOnlyList<Certificate> Certificates) : AgentAnnouncement;

    /// <summary>CRLs (CKI Part 2 ¶103 c).</summary>
    /// <param name="Lists">Those that are newer than the ones known before.</param>
    public sealed record RevocationLists(IReadOnlyList<RevocationList> Lists) : AgentAnnouncement;
}
