using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKCS9;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Pem;
using Attribute = CkiSdk.Asn1.Modules.InformationFramework.Attribute;
using Generated = CkiSdk.Asn1.Modules.PKCS10;

namespace CkiSdk.Pki.Requests;

/// <summary>Holds a certification request (PKCS #10, RFC 2986) with its exact DER.</summary>
/// <remarks>Whatever it says is the wish of whoever holds the key; that he does is for <see cref="ProvesPossession"/> to say.</remarks>
public sealed class CertificationRequest
{
    private const string Label = "CERTIFICATE REQUEST";

    private CertificationRequest(Generated.CertificationRequest value, ReadOnlyMemory<byte> encoded)
    {
        Value = value;
        Encoded = encoded;
        Subject = DistinguishedName.From(value.ToBeSigned.Subject);
        SubjectPublicKeyInfo = value.ToBeSigned.SubjectPKInfo.Encode();
        RequestedExtensions = ReadExtensions();
        ChallengePassword = Single(PKCS9Values.Pkcs9AtChallengePassword) is { } password
            ? AttributeText.Read(password) ?? throw Refuse("challengePassword is no text")
            : null;
    }

    /// <summary>Gets the generated value.</summary>
    public Generated.CertificationRequest Value { get; }

    /// <summary>Gets the exact DER.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Gets the wanted subject.</summary>
    public DistinguishedName Subject { get; }

    /// <summary>Gets the DER of the public key with its algorithm.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>Gets the wanted extensions; empty for none.</summary>
    public IReadOnlyList<Extension> RequestedExtensions { get; }

    /// <summary>Gets the password by which revocation may be asked for, or <see langword="null"/> for none.</summary>
    public string? ChallengePassword { get; }

    /// <summary>Gets all attributes.</summary>
    public IReadOnlyList<Attribute> Attributes => Value.ToBeSigned.Attributes.Value;

    /// <summary>Decodes DER.</summary>
    /// <param name="der">Exactly one request; the octets are kept, not copied, and must not change.</param>
    /// <returns>The request.</returns>
    /// <exception cref="DerException">The octets, or those of a known attribute, are not the DER of their type, or a known attribute does not have exactly one value.</exception>
    public static CertificationRequest Decode(ReadOnlyMemory<byte> der) => new(Generated.CertificationRequest.Decode(der), der);

    /// <summary>Decodes DER where a refusal is no exception.</summary>
    /// <param name="der">Exactly one request; the octets are kept, not copied, and must not change.</param>
    /// <param name="request">The request.</param>
    /// <returns><see langword="false"/> if <see cref="Decode"/> would refuse.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out CertificationRequest? request)
    {
        try
        {
            request = Decode(der);
            return true;
        }
        catch (DerException)
        {
            request = null;
            return false;
        }
    }

    /// <summary>Reads the first request of a PEM text (RFC 7468 §7).</summary>
    /// <param name="pem">The text; other PEM blocks before it are passed over.</param>
    /// <returns>The request.</returns>
    /// <exception cref="FormatException">There is none, or it is malformed.</exception>
    public static CertificationRequest FromPem(string pem) =>
        PemBlocks.FindAll(pem, Label, "NEW CERTIFICATE REQUEST").Select(der => Decode(der)).FirstOrDefault()
        ?? throw new FormatException("The text holds no PEM \"CERTIFICATE REQUEST\".");

    /// <summary>Verifies that the request was signed by the key that it holds.</summary>
    /// <param name="provider">What verifies.</param>
    /// <param name="legacyAlgorithms">The old algorithms that are accepted.</param>
    /// <returns><see langword="false"/> if the key or the algorithm is refused, or the signature is wrong.</returns>
    public bool ProvesPossession(CryptoProvider provider, LegacyAlgorithms legacyAlgorithms = LegacyAlgorithms.None)
    {
        ArgumentNullException.ThrowIfNull(provider);
        if (Value.Encrypted.UnusedBits != 0
            || !SignatureIdentifiers.TryFind(Value.AlgorithmIdentifier, out var algorithm)
            || !provider.PublicKeys.TryImportVerificationKey(SubjectPublicKeyInfo.Span, legacyAlgorithms, out var key, out _))
            return false;
        using (key)
            return key.Verify(algorithm, Value.ToBeSignedEncoded.Span, Value.Encrypted.Octets.Span);
    }

    /// <summary>Writes the request as PEM.</summary>
    /// <returns>The text, with a line feed at its end.</returns>
    public string ToPem() => PemEncoding.WriteString(Label, Encoded.Span) + "\n";

    private static DerException Refuse(string detail) => new(DerErrorKind.ConstraintViolated, 0, "CertificationRequest.toBeSigned.attributes", detail);

    private SequenceOf<Extension> ReadExtensions()
    {
        if (Single(PKCS9Values.Pkcs9AtExtensionRequest) is not { } value)
            return default;
        var extensions = Extensions.Decode(value.Encoded);
        return extensions.Value.DistinctBy(extension => extension.ExtnId).Count() == extensions.Count ? extensions.Value : throw Refuse("an extension stands twice");
    }

    private AnyValue? Single(ObjectIdentifier type)
    {
        var found = Attributes.Where(attribute => attribute.Type == type).ToList();
        if (found.Count == 0)
            return null;
        return found is [{ Values: { Count: 1 } values }] ? values[0] : throw Refuse($"attribute {type} does not have exactly one value");
    }
}
