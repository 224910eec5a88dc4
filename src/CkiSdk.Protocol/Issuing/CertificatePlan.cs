using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Is a send or receive certificate that is to be made, all but its key, serial number and signature.</summary>
/// <param name="Subject">The user, exactly as in all his certificates.</param>
/// <param name="Key">The interoperability key that his seed key comes from.</param>
/// <param name="Generation">The generation of his seed key.</param>
/// <param name="Description">What its private key is derived from.</param>
internal sealed record CertificatePlan(DistinguishedName Subject, StoredInteroperabilityKey Key, long Generation, DatedKeyDescription Description)
{
    /// <summary>Plans a certificate.</summary>
    /// <param name="usage">Send or receive.</param>
    /// <param name="subject">The user, exactly as in all his certificates.</param>
    /// <param name="decided">Validity and interoperability key.</param>
    /// <param name="cma">The CMA.</param>
    /// <param name="state">The state that it was decided on.</param>
    public static CertificatePlan For(DatedKeyUsage usage, DistinguishedName subject, ValidityDecision.Decided decided, CmaContext cma, IStateView state)
    {
        var generation = state.Issued(decided.Key, subject.Canonical);
        var identifier = CertificateIssuer.Identifier(decided.Key, generation);
        var group = cma.GroupAt(decided.NotBefore, state);
        return new CertificatePlan(subject, decided.Key, generation, new DatedKeyDescription(usage, group, decided.NotBefore, decided.NotAfter, subject.Name, identifier));
    }

    /// <summary>Makes what is signed, all but the serial number.</summary>
    /// <param name="subjectPublicKeyInfo">The key.</param>
    public CertificateTemplate Template(byte[] subjectPublicKeyInfo) => Description.Usage == DatedKeyUsage.Send
        ? CertificateProfiles.Send(Subject, subjectPublicKeyInfo, Description.NotBefore, Description.NotAfter, Description.SeedKeyIdentifier)
        : CertificateProfiles.Receive(Subject, subjectPublicKeyInfo, Description.NotBefore, Description.NotAfter, Description.SeedKeyIdentifier);
}
