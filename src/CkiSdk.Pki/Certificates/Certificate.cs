using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Names;
using Generated = CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Pki.Certificates;

/// <summary>Holds one X.509 certificate with its exact DER and what its fields and extensions say.</summary>
/// <remarks>Nothing is checked but the encoding: signature and validity are the business of whoever relies on it.</remarks>
public sealed partial class Certificate : IEquatable<Certificate>
{
    private readonly CertificateContent _content;

    private Certificate(Generated.Certificate value, ReadOnlyMemory<byte> encoded)
    {
        Value = value;
        Encoded = encoded;
        _content = new CertificateContent(value.ToBeSigned.Extensions);
        var fields = ViewElement.Wrap<Generated.CertificateView>(encoded.Span).ToBeSigned;
        Subject = DistinguishedName.Of(value.ToBeSigned.Subject, Slice(encoded, fields.Subject.Encoded));
        Issuer = DistinguishedName.Of(value.ToBeSigned.Issuer, Slice(encoded, fields.Issuer.Encoded));
        SubjectPublicKeyInfo = Slice(encoded, fields.SubjectPublicKeyInfo.Encoded);
    }

    /// <summary>Takes a certificate whose parts were read from the octets that are in it.</summary>
    internal Certificate(Generated.Certificate value, ReadOnlyMemory<byte> encoded, CertificateContent content, DistinguishedName issuer, DistinguishedName subject)
    {
        Value = value;
        Encoded = encoded;
        _content = content;
        Subject = subject;
        Issuer = issuer;
        SubjectPublicKeyInfo = Slice(encoded, ViewElement.Wrap<Generated.CertificateView>(encoded.Span).ToBeSigned.SubjectPublicKeyInfo.Encoded);
    }

    /// <summary>Gets the generated value.</summary>
    public Generated.Certificate Value { get; }

    /// <summary>Gets the exact DER.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Gets whose key is certified.</summary>
    public DistinguishedName Subject { get; }

    /// <summary>Gets who signed.</summary>
    public DistinguishedName Issuer { get; }

    /// <summary>Gets the number that is unique under the issuer.</summary>
    public Integer SerialNumber => Value.ToBeSigned.SerialNumber.Value;

    /// <summary>Gets the first moment of validity.</summary>
    public DateTimeOffset NotBefore => Times.Read(Value.ToBeSigned.Validity.NotBefore);

    /// <summary>Gets the last moment of validity.</summary>
    public DateTimeOffset NotAfter => Times.Read(Value.ToBeSigned.Validity.NotAfter);

    /// <summary>Gets the DER of the public key with its algorithm.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>Gets what the key may be used for, or <see langword="null"/> if nothing is said (RFC 5280 §4.2.1.3).</summary>
    public KeyUsage? KeyUsage => _content.KeyUsage;

    /// <summary>Gets the purposes of the key, or <see langword="null"/> if nothing is said (RFC 5280 §4.2.1.12).</summary>
    public ExtKeyUsageSyntax? ExtendedKeyUsage => _content.ExtendedKeyUsage;

    /// <summary>Gets whether the subject is an authority (RFC 5280 §4.2.1.9).</summary>
    public bool IsAuthority => _content.BasicConstraints is { CA: true };

    /// <summary>Gets how many authorities may follow in a path, or <see langword="null"/> for any number.</summary>
    public Integer? PathLengthConstraint => _content.BasicConstraints?.PathLenConstraint;

    /// <summary>Gets the content octets of the subject key identifier, or <see langword="null"/> if there is none.</summary>
    public OctetString? SubjectKeyIdentifier => _content.SubjectKeyIdentifier;

    /// <summary>Gets the key identifier of the issuer's key, or <see langword="null"/> if there is none.</summary>
    public OctetString? AuthorityKeyIdentifier => _content.AuthorityKeyIdentifier;

    /// <summary>Gets the domain of a CMA (id-cki-pe-domain), or <see langword="null"/> if there is none.</summary>
    public NameConstraintsSyntax? Domain => _content.Domain;

    /// <summary>Gets the name constraints, or <see langword="null"/> if there are none (RFC 5280 §4.2.1.10).</summary>
    public NameConstraintsSyntax? NameConstraints => _content.NameConstraints;

    /// <summary>Gets whether issuer and subject are equal.</summary>
    public bool IsSelfIssued => Issuer.Equals(Subject);

    /// <summary>Decodes DER.</summary>
    /// <param name="der">Exactly one certificate; the octets are kept, not copied, and must not change.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="DerException">The octets, or those of a known extension, are not the DER of their type, or an extension stands twice.</exception>
    public static Certificate Decode(ReadOnlyMemory<byte> der) => new(Generated.Certificate.Decode(der), der);

    /// <summary>Decodes DER where a refusal is no exception.</summary>
    /// <param name="der">Exactly one certificate; the octets are kept, not copied, and must not change.</param>
    /// <param name="certificate">The certificate.</param>
    /// <returns><see langword="false"/> if <see cref="Decode"/> would refuse.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out Certificate? certificate)
    {
        try
        {
            certificate = Decode(der);
            return true;
        }
        catch (DerException)
        {
            certificate = null;
            return false;
        }
    }

    /// <summary>Takes a generated value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="DerException">A known extension is not the DER of its type, or an extension stands twice.</exception>
    public static Certificate From(Generated.Certificate value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Certificate(value, value.Encode());
    }

    /// <summary>Reads the first certificate of a PEM text (RFC 7468 §5).</summary>
    /// <param name="pem">The text; other PEM blocks before it are passed over.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="FormatException">There is none, or it is malformed.</exception>
    public static Certificate FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        return CertificatePem.ReadAll(pem).FirstOrDefault() ?? throw new FormatException("The text holds no PEM \"CERTIFICATE\".");
    }

    /// <summary>Finds an extension.</summary>
    /// <param name="extnId">Its identifier.</param>
    /// <returns>The extension, or <see langword="null"/> if there is none.</returns>
    public Generated.Extension? FindExtension(ObjectIdentifier extnId) => _content.Find(extnId);

    /// <summary>Computes the SHA-256 of the DER.</summary>
    /// <returns>32 octets.</returns>
    public byte[] Sha256() => SHA256.HashData(Encoded.Span);

    /// <summary>Writes the certificate as PEM.</summary>
    /// <returns>The text, with a line feed at its end.</returns>
    public string ToPem() => PemEncoding.WriteString("CERTIFICATE", Encoded.Span) + "\n";

    /// <summary>Tells whether a moment lies in the validity, both ends included.</summary>
    /// <param name="time">The moment.</param>
    /// <returns>Whether it does.</returns>
    public bool IsValidAt(DateTimeOffset time) => NotBefore <= time && time - NotAfter < TimeSpan.FromSeconds(1);

    /// <summary>Verifies that a certificate's subject signed this one: names, algorithm identifiers and signature.</summary>
    /// <param name="issuer">The certificate of the signer.</param>
    /// <param name="provider">What verifies.</param>
    /// <returns><see langword="false"/> if anything does not fit. Whether the issuer may sign certificates is not looked at.</returns>
    public bool IsSignedBy(Certificate issuer, CryptoProvider provider)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(provider);
        return Issuer.Equals(issuer.Subject)
            && Value.AlgorithmIdentifier == Value.ToBeSigned.Signature
            && SignatureIdentifiers.TryFind(Value.AlgorithmIdentifier, out var algorithm)
            && Value.Encrypted.UnusedBits == 0
            && provider.PublicKeys.Verify(issuer.SubjectPublicKeyInfo.Span, algorithm, Value.ToBeSignedEncoded.Span, Value.Encrypted.Octets.Span);
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] Certificate? other) =>
        ReferenceEquals(this, other) || (other is not null && Encoded.Span.SequenceEqual(other.Encoded.Span));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Certificate);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Value.Encrypted.Octets.Span); // signatures differ where certificates do
        return hash.ToHashCode();
    }

    // What was decoded is not encoded again: a part lies in the whole.
    private static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> encoded, ReadOnlySpan<byte> part) =>
        encoded.Span.Overlaps(part, out var offset) ? encoded.Slice(offset, part.Length) : throw new InvalidOperationException("The part lies elsewhere.");

    /// <summary>Names subject and serial number.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Subject} ({Convert.ToHexStringLower(SerialNumber.Octets.Span)})";
}
