using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Names;
using Generated = CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Pki.Certificates;

/// <summary>Signs certificates: builds what is to be signed, checks these octets, and signs exactly these octets.</summary>
public static class CertificateSigner
{
    /// <summary>Signs a certificate.</summary>
    /// <param name="template">What it shall say.</param>
    /// <param name="issuer">The certificate of the issuer; <see langword="null"/> for a self-signed one.</param>
    /// <param name="issuerKey">The private key of the issuer.</param>
    /// <param name="algorithm">One of the key's algorithms.</param>
    /// <param name="serialNumber">The serial number, stored before it is used here.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="ArgumentException">The key is not that of the issuer's certificate, or a self-signed one has no subject key identifier.</exception>
    /// <exception cref="CertificateRefusedException">The certificate would violate the profile.</exception>
    /// <exception cref="CryptoProviderException">The key cannot do the algorithm, or the device failed.</exception>
    public static async ValueTask<Certificate> SignAsync(
        CertificateTemplate template,
        Certificate? issuer,
        ISigningKey issuerKey,
        SignatureAlgorithm algorithm,
        Integer serialNumber,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(issuerKey);
        var key = issuer?.SubjectPublicKeyInfo ?? template.SubjectPublicKeyInfo;
        if (!key.Span.SequenceEqual(issuerKey.SubjectPublicKeyInfo.Span))
            throw new ArgumentException("The key is not that of the issuer.", nameof(issuerKey));
        var identifier = SignatureIdentifiers.Of(algorithm);

        // Decoded once, with a signature of no bits: what is signed is kept as the octets that were checked.
        var unsigned = Generated.Certificate.Decode(new Generated.Certificate { ToBeSigned = Build(template, issuer, identifier, serialNumber), AlgorithmIdentifier = identifier, Encrypted = default }.Encode());
        var (toBeSigned, octets) = (unsigned.ToBeSigned, unsigned.ToBeSignedEncoded);
        var content = Read(toBeSigned);
        var (issuerName, subject) = Names(toBeSigned, octets, issuer?.Subject ?? template.Subject, template.Subject);
        var findings = new List<LintFinding>();
        CertificateLint.Check(toBeSigned, identifier, content, issuerName, subject, template.Rules, findings);
        if (findings.Count > 0)
            throw new CertificateRefusedException(findings);
        var signature = await issuerKey.SignAsync(algorithm, octets, cancellationToken).ConfigureAwait(false);
        var signed = unsigned with { Encrypted = new BitString(signature) };
        var encoded = signed.Encode();
        return Generated.CertificateView.Decode(encoded).ToBeSigned.Encoded.SequenceEqual(octets.Span)
            ? new Certificate(signed, encoded, content, issuerName, subject)
            : throw new InvalidOperationException("The certificate does not hold the octets that were signed.");
    }

    /// <summary>Gives the key identifier of an issuer: its own, or for one that has none, as old programs make them, that of its key.</summary>
    internal static OctetString KeyIdentifierOf(Certificate issuer) => issuer.SubjectKeyIdentifier ?? CertificateProfiles.KeyIdentifierOf(issuer.SubjectPublicKeyInfo);

    // The same octets are the same name, whose form to compare it by need not be made anew.
    private static (DistinguishedName Issuer, DistinguishedName Subject) Names(
        CertificateToBeSigned toBeSigned, ReadOnlyMemory<byte> octets, DistinguishedName issuer, DistinguishedName subject)
    {
        var fields = ViewElement.Wrap<CertificateToBeSignedView>(octets.Span);
        return (
            fields.Issuer.Encoded.SequenceEqual(issuer.Encoded.Span) ? issuer : DistinguishedName.From(toBeSigned.Issuer),
            fields.Subject.Encoded.SequenceEqual(subject.Encoded.Span) ? subject : DistinguishedName.From(toBeSigned.Subject));
    }

    private static CertificateContent Read(CertificateToBeSigned toBeSigned)
    {
        try
        {
            return new CertificateContent(toBeSigned.Extensions);
        }
        catch (DerException e)
        {
            throw new CertificateRefusedException([new("RFC 5280 §4.2", $"an extension is malformed or stands twice: {e.Message}")]);
        }
    }

    private static CertificateToBeSigned Build(
        CertificateTemplate template, Certificate? issuer, AlgorithmIdentifier algorithm, Integer serialNumber)
    {
        var identifier = issuer is null
            ? OwnKeyIdentifier(template) ?? throw new ArgumentException("The certificate has no subject key identifier.", nameof(template))
            : KeyIdentifierOf(issuer);
        return new CertificateToBeSigned
        {
            Version = Generated.Version.V3,
            SerialNumber = serialNumber,
            Signature = algorithm,
            Issuer = (issuer?.Subject ?? template.Subject).Name,
            Validity = new Validity { NotBefore = Times.From(template.NotBefore), NotAfter = Times.From(template.NotAfter) },
            Subject = template.Subject.Name,
            SubjectPublicKeyInfo = SubjectPublicKeyInfo.Decode(template.SubjectPublicKeyInfo),
            Extensions = new Extensions((SequenceOf<Extension>)[.. template.Extensions, CertificateExtension.AuthorityKeyIdentifier(identifier)]),
        };
    }

    private static OctetString? OwnKeyIdentifier(CertificateTemplate template) =>
        new CertificateContent(new Extensions((SequenceOf<Extension>)[.. template.Extensions])).SubjectKeyIdentifier;
}
