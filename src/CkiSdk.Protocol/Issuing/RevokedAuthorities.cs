using System.Security.Cryptography;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Crypto;
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

    /// <summary>Finds the CMA certificates that CRLs revoke, and those that lead to one of them: whoever has stolen a key can have signed one that follows (CKI Part 2 B.8), which no CRL of another issuer names.</summary>
    /// <param name="lists">The CRLs.</param>
    /// <param name="known">The certificates that are kept.</param>
    /// <param name="provider">What verifies.</param>
    public static IReadOnlyList<(Certificate Certificate, RevocationList List)> Among(IReadOnlyList<RevocationList> lists, IEnumerable<Certificate> known, CryptoProvider provider)
    {
        var rest = known.ToList();
        var found = new List<(Certificate Certificate, RevocationList List)>();
        for (var count = -1; found.Count > count;)
        {
            count = found.Count;
            foreach (var certificate in rest.ToArray())
            {
                if ((lists.FirstOrDefault(list => Names(list, certificate)) ?? found.Find(one => Leads(certificate, one.Certificate, provider)).List) is { } list)
                {
                    found.Add((certificate, list));
                    rest.Remove(certificate);
                }
            }
        }

        return found;
    }

    /// <summary>Works out the changes that CRLs make to the CMA certificates that are kept: those that they revoke are no longer known, and the audit log says so.</summary>
    /// <param name="revoked">What <see cref="Among"/> has found.</param>
    /// <param name="now">The present.</param>
    public static IEnumerable<StoreChange> Remove(IReadOnlyList<(Certificate Certificate, RevocationList List)> revoked, DateTimeOffset now) => revoked.SelectMany(one => new StoreChange[]
    {
        new StoreChange.RemoveAuthority(one.Certificate.Encoded),
        new StoreChange.Audit(new AuditEntry(now, "authority.revoked", one.List.Issuer.Canonical, one.Certificate.ToString())),
    });

    /// <summary>Works out the changes that keep the keys of CMA certificates that were revoked, so that none of them is certified once more.</summary>
    /// <param name="revoked">What <see cref="Among"/> has found.</param>
    /// <param name="now">The present.</param>
    public static IEnumerable<StoreChange> Keys(IReadOnlyList<(Certificate Certificate, RevocationList List)> revoked, DateTimeOffset now) =>
        revoked.Select(one => new StoreChange.AddRevokedAuthorityKey(new RevokedAuthorityKey(HashOf(one.Certificate.SubjectPublicKeyInfo), one.Certificate.Subject.Canonical, now)));

    /// <summary>Computes the hash by which a key that was revoked is found: of the key itself, since an RSA key may stand under several algorithms.</summary>
    /// <param name="subjectPublicKeyInfo">The DER of the key.</param>
    public static byte[] HashOf(ReadOnlyMemory<byte> subjectPublicKeyInfo) => SHA256.HashData(Asn1.Modules.AuthenticationFramework.SubjectPublicKeyInfo.Decode(subjectPublicKeyInfo).SubjectPublicKey.Octets.Span);

    /// <summary>Tells whether a CMA certificate leads to another one of the same CMA.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="before">The other one.</param>
    /// <param name="provider">What verifies.</param>
    public static bool Leads(Certificate certificate, Certificate? before, CryptoProvider provider) =>
        before is not null && !certificate.Equals(before) && certificate.Issuer.Equals(before.Subject) && certificate.IsSignedBy(before, provider);
}
