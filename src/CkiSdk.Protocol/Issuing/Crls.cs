using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Checks CRLs on their way through the domains, and writes them as they came (CKI Part 2 ¶107; profile section 4).</summary>
internal static class Crls
{
    /// <summary>Names the issuer of a CRL with the key that signs.</summary>
    public static string IssuerOf(Certificate authority) => $"{authority.Subject.Canonical} {authority.SubjectKeyIdentifier?.ToHex()}";

    /// <summary>Makes the record of a CRL. Lists of different scopes count and stand beside each other (RFC 5280 §5.2.3), so that none displaces the one for users.</summary>
    public static StoredCrl Record(RevocationList list) => new(
        $"{list.Issuer.Canonical} {list.AuthorityKeyIdentifier?.ToHex()}{ScopeOf(list)}", Number(list) ?? 0, list.NextIssueAt ?? list.IssuedAt, list.Encoded);

    /// <summary>Tells whether a CRL names the key of an authority as the one that has signed it.</summary>
    public static bool IsOf(RevocationList list, Certificate authority) =>
        authority.Subject.Equals(list.Issuer) && authority.SubjectKeyIdentifier is { } identifier && identifier == list.AuthorityKeyIdentifier;

    /// <summary>Tells whether a CRL says of every certificate of a user whether it is revoked, for whatever reason.</summary>
    public static bool IsForUsers(RevocationList list) => list.BaseNumber is null
        && list.DistributionPoint is null or { DistributionPoint: null, OnlySomeReasons: null, OnlyContainsCACerts: false, OnlyContainsAttributeCerts: false };

    /// <summary>Tells whether a CRL is too large for an announcement: it would be carried nowhere, and nothing behind it.</summary>
    public static bool IsTooLarge(ReadOnlyMemory<byte> encoded) => encoded.Length > MessageLimit.OctetsOfBody;

    /// <summary>Writes CRLs unchanged into announcements, each into one, so that a newer one takes its place. One that is too large is left out; <see cref="Server.CmaAdministration.ListLargeCrlsAsync"/> names it.</summary>
    public static IReadOnlyList<PKIBody> Announcements(IEnumerable<RevocationList> lists) =>
    [
        .. lists.Where(list => !IsTooLarge(list.Encoded))
            .Select(list => new PKIBody.Crlann(new CRLAnnContent((SequenceOf<CertificateList>)new[] { CertificateList.Decode(list.Encoded) }))),
    ];

    /// <summary>Reads CRLs.</summary>
    public static IReadOnlyList<RevocationList> Read(CRLAnnContent content) => [.. content.Value.Select(list => RevocationList.Decode(list.Encode()))];

    /// <summary>Tells whether a CRL is of an issuer who is unknown here and was forwarded, or of a key of the sender's of which he sends no certificate along, since it ended before he was known here by another. It is left out: nobody here needs it, whoever shares a key with the issuer later gets the CRL from him, and what comes behind it must not wait.</summary>
    public static bool IsOfStranger(RevocationList list, Received received, IReadOnlyList<Certificate> authorities) =>
        !authorities.Any(authority => IsOf(list, authority))
        && (!list.Issuer.Equals(received.Sender.Name)
            || (authorities.Any(authority => authority.Subject.Equals(received.Sender.Name))
                && !received.ExtraCertificates.Take(RevokedAuthorities.MostCertificates).Select(Certificate.From).Any(certificate => IsOf(list, certificate))));

    /// <summary>Finds what is wrong with a CRL; null where it may be used.</summary>
    /// <param name="list">The CRL.</param>
    /// <param name="authorities">The certificates of authorities that are known.</param>
    /// <param name="provider">What verifies.</param>
    public static string? FindObjection(RevocationList list, IEnumerable<Certificate> authorities, Crypto.CryptoProvider provider)
    {
        // Nothing keeps an authority from giving two of its keys the same identifier.
        var signers = authorities.Where(authority => IsOf(list, authority)).ToArray();
        return signers.Length == 0 ? $"{list.Issuer} is no authority that is known here"
            : !Array.Exists(signers, signer => CertificateRules.MaySign(signer) && list.IsSignedBy(signer, provider)) ? $"it is not signed by {list.Issuer}"
            : list.NextIssueAt is null || Number(list) is null ? "it has no cRLNumber or no nextUpdate"
            : list.HasUnknownCriticalExtension || list.HasUnknownCriticalEntryExtension ? "it has a critical extension that is not known here (RFC 5280 §5.2)"
            : null;
    }

    private static string ScopeOf(RevocationList list)
    {
        var scope = list.Extensions.FirstOrDefault(extension => extension.ExtnId == CertificateExtensionsValues.IdCeIssuingDistributionPoint);
        return IsForUsers(list) ? ""
            : $"{(list.BaseNumber is null ? "" : " delta")}{(scope is null ? "" : $" {Convert.ToHexStringLower(SHA256.HashData(scope.ExtnValue.Span))}")}";
    }

    private static long? Number(RevocationList list) => list.Number is { } number && number.TryToInt64(out var value) && value >= 0 ? value : null;
}
