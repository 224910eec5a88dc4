using System.Security.Cryptography;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Crls;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Finds the CMA certificates that a CRL of their issuer revokes (CKI Part 2 ¶104): nothing is decided by them any more.</summary>
internal static class RevokedAuthorities
{
    /// <summary>How many certificates that come along with CRLs are looked at.</summary>
    public const int MostCertificates = 8;

    /// <summary>Tells whether a CRL revokes a CMA certificate. That the CRL may be used was decided before; a list that is no longer current revokes what it names all the same.</summary>
    /// <param name="list">The CRL.</param>
    /// <param name="authority">The CMA certificate.</param>
    public static bool Names(RevocationList list, Certificate authority) =>
        list.Issuer.Equals(authority.Issuer)
        && (authority.AuthorityKeyIdentifier is not { } identifier || identifier == list.AuthorityKeyIdentifier)
        && list.DistributionPoint is null or { OnlyContainsUserCerts: false, OnlyContainsAttributeCerts: false, IndirectCRL: false }
        && list.Find(authority.SerialNumber) is { } entry && entry.Reason != CRLReason.RemoveFromCRL;

    /// <summary>Finds a CRL among those that are kept that revokes a CMA certificate; null where none does.</summary>
    /// <param name="crls">The CRLs that are kept.</param>
    /// <param name="authority">The CMA certificate.</param>
    public static RevocationList? Find(IEnumerable<StoredCrl> crls, Certificate authority) =>
        crls.Where(crl => crl.Issuer.StartsWith($"{authority.Issuer.Canonical} ", StringComparison.Ordinal))
            .Select(crl => RevocationList.Decode(crl.Encoded)).FirstOrDefault(list => Names(list, authority));

    /// <summary>Tells whether a CRL is one of a sender's own under a certificate of his that is revoked and that he sends along: it is left out, so that what comes behind it does not wait.</summary>
    /// <param name="list">The CRL.</param>
    /// <param name="received">The message that it came in.</param>
    /// <param name="crls">The CRLs that are kept.</param>
    public static bool Signed(RevocationList list, Received received, IReadOnlyList<StoredCrl> crls) =>
        list.Issuer.Equals(received.Sender.Name)
        && received.ExtraCertificates.Take(MostCertificates).Select(Certificate.From).Any(certificate => Crls.IsOf(list, certificate) && Find(crls, certificate) is not null);

    /// <summary>Works out the changes that CRLs make to the CMA certificates that are kept: those that they revoke are no longer known, and the audit log says so.</summary>
    /// <param name="lists">The CRLs.</param>
    /// <param name="known">The certificates that are kept.</param>
    /// <param name="now">The present.</param>
    public static IReadOnlyList<StoreChange> Remove(IReadOnlyList<RevocationList> lists, IReadOnlyList<StoredAuthority> known, DateTimeOffset now)
    {
        var changes = new List<StoreChange>();
        foreach (var certificate in known.Select(authority => Certificate.Decode(authority.Encoded)))
        {
            if (lists.FirstOrDefault(list => Names(list, certificate)) is { } list)
            {
                changes.Add(new StoreChange.RemoveAuthority(certificate.Encoded));
                changes.Add(new StoreChange.Audit(new AuditEntry(now, "authority.revoked", list.Issuer.Canonical, certificate.ToString())));
            }
        }

        return changes;
    }

    /// <summary>Works out the changes that keep the keys of the CMA certificates that a CRL revokes, so that none of them is certified once more.</summary>
    /// <param name="list">The CRL.</param>
    /// <param name="known">The certificates that are kept.</param>
    /// <param name="now">The present.</param>
    public static IEnumerable<StoreChange> Keys(RevocationList list, IReadOnlyList<StoredAuthority> known, DateTimeOffset now) =>
        known.Select(authority => (authority.Cma, Certificate: Certificate.Decode(authority.Encoded))).Where(one => Names(list, one.Certificate))
            .Select(one => new StoreChange.AddRevokedAuthorityKey(new RevokedAuthorityKey(HashOf(one.Certificate.SubjectPublicKeyInfo), one.Cma, now)));

    /// <summary>Computes the hash by which a key that was revoked is found.</summary>
    /// <param name="subjectPublicKeyInfo">The DER of the key.</param>
    public static byte[] HashOf(ReadOnlyMemory<byte> subjectPublicKeyInfo) => SHA256.HashData(subjectPublicKeyInfo.Span);
}
