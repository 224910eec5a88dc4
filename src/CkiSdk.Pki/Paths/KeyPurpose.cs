using System.Diagnostics.CodeAnalysis;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.PKIX1Implicit88;

namespace CkiSdk.Pki.Paths;

/// <summary>Names a use of a certificate: its key purpose (RFC 5280 §4.2.1.12) and the key usages of which one must be admitted.</summary>
public sealed class KeyPurpose
{
    private KeyPurpose(string name, ObjectIdentifier id, KeyUsage anyOf = default, bool isTls = false) => (Name, Id, AnyOf, IsTls) = (name, id, anyOf, isTls);

    /// <summary>Gets the server of a TLS connection; brings the rules of the web PKI.</summary>
    public static KeyPurpose TlsServer { get; } = new(
        "tls-server", PKIX1Implicit88Values.IdKpServerAuth, KeyUsage.DigitalSignature | KeyUsage.KeyEncipherment | KeyUsage.KeyAgreement, isTls: true);

    /// <summary>Gets the client of a TLS connection.</summary>
    public static KeyPurpose TlsClient { get; } = new("tls-client", PKIX1Implicit88Values.IdKpClientAuth, KeyUsage.DigitalSignature | KeyUsage.KeyAgreement, isTls: true);

    /// <summary>Gets the signing and encryption of mail.</summary>
    public static KeyPurpose Mail { get; } = new(
        "mail", PKIX1Implicit88Values.IdKpEmailProtection, KeyUsage.DigitalSignature | KeyUsage.NonRepudiation | KeyUsage.KeyEncipherment | KeyUsage.KeyAgreement);

    /// <summary>Gets the signing of programs.</summary>
    public static KeyPurpose CodeSigning { get; } = new("code-signing", PKIX1Implicit88Values.IdKpCodeSigning, KeyUsage.DigitalSignature);

    /// <summary>Gets time stamping.</summary>
    public static KeyPurpose TimeStamping { get; } = new("time-stamping", PKIX1Implicit88Values.IdKpTimeStamping, KeyUsage.DigitalSignature | KeyUsage.NonRepudiation);

    /// <summary>Gets the signing of OCSP responses.</summary>
    public static KeyPurpose OcspSigning { get; } = new("ocsp-signing", PKIX1Implicit88Values.IdKpOCSPSigning, KeyUsage.DigitalSignature | KeyUsage.NonRepudiation);

    /// <summary>Gets the purposes that have names here.</summary>
    public static IReadOnlyList<KeyPurpose> All { get; } = [TlsServer, TlsClient, Mail, CodeSigning, TimeStamping, OcspSigning];

    /// <summary>Gets the name on the command line.</summary>
    public string Name { get; }

    /// <summary>Gets the object identifier in extKeyUsage.</summary>
    public ObjectIdentifier Id { get; }

    /// <summary>Gets the key usages of which the certificate must admit at least one; empty for no demand.</summary>
    public KeyUsage AnyOf { get; }

    /// <summary>Gets whether the profiles of TLS apply.</summary>
    internal bool IsTls { get; }

    /// <summary>Makes a purpose that has no name here.</summary>
    /// <param name="id">The object identifier.</param>
    /// <returns>The purpose.</returns>
    public static KeyPurpose Of(ObjectIdentifier id) => All.FirstOrDefault(known => known.Id == id) ?? new KeyPurpose(id.ToString(), id);

    /// <summary>Finds a purpose by its name here, its name in RFC 5280 or OpenSSL, or its object identifier.</summary>
    /// <param name="text">The text; case does not matter.</param>
    /// <param name="purpose">The purpose.</param>
    /// <returns><see langword="false"/> if it names none.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out KeyPurpose? purpose)
    {
        ArgumentNullException.ThrowIfNull(text);
        purpose = text.ToLowerInvariant() switch
        {
            "tls-server" or "serverauth" or "sslserver" or "server" => TlsServer,
            "tls-client" or "clientauth" or "sslclient" or "client" => TlsClient,
            "mail" or "emailprotection" or "smime" or "email" => Mail,
            "code-signing" or "codesigning" or "codesign" => CodeSigning,
            "time-stamping" or "timestamping" or "timestampsign" => TimeStamping,
            "ocsp-signing" or "ocspsigning" => OcspSigning,
            _ => ObjectIdentifier.TryParse(text, out var id) ? Of(id) : null,
        };
        return purpose is not null;
    }

    /// <summary>Gives the name.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name;
}
