using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol;

namespace CkiSdk.Transports.Tests.Contract;

/// <summary>An authority that certifies authentication keys, made anew in each run.</summary>
internal sealed class TestAuthority
{
    public const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    public const string ClientPurpose = "1.3.6.1.5.5.7.3.2";
    private readonly X509Certificate2 _certificate;

    public TestAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(DistinguishedName.Parse(name), key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(10));
    }

    /// <summary>Gets the authority that the tests trust.</summary>
    public static TestAuthority Trusted { get; } = new("CN=Authentication authority,O=Tests");

    /// <summary>Gets an authority that nobody trusts.</summary>
    public static TestAuthority Foreign { get; } = new("CN=Authentication authority,O=Strangers");

    /// <summary>Gets the name of the usual client.</summary>
    public static DistinguishedName ClientName { get; } = DistinguishedName.Parse("CN=A1,OU=Users,O=Domain A,C=GB");

    /// <summary>Gets the name of the usual server.</summary>
    public static DistinguishedName ServerName { get; } = DistinguishedName.Parse("CN=CMA,O=Domain A,C=GB");

    /// <summary>Gets the certificate of the usual client, with its key.</summary>
    public static X509Certificate2 Client { get; } = Trusted.Certify(ClientName);

    /// <summary>Gets the certificate of the usual server, with its key.</summary>
    public static X509Certificate2 Server { get; } = Trusted.Certify(ServerName);

    /// <summary>Gets the certificate of this authority.</summary>
    public Certificate Anchor => Certificate.Decode(_certificate.RawData);

    /// <summary>Makes a key and certifies it; unless said otherwise it is valid from yesterday to tomorrow.</summary>
    public X509Certificate2 Certify(
        DistinguishedName subject, string? purpose = null, int startsInDays = -1, int days = 2, X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(subject, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        if (purpose is not null) request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        var begin = DateTimeOffset.UtcNow.AddDays(startsInDays);
        using var certificate = request.Create(_certificate, begin, begin.AddDays(days).AddMinutes(-1), [1, .. RandomNumberGenerator.GetBytes(15)]);
        if (usage != X509KeyUsageFlags.KeyAgreement) return certificate.CopyWithPrivateKey(key);
        using var agreement = ECDiffieHellman.Create(key.ExportParameters(includePrivateParameters: true));
        return certificate.CopyWithPrivateKey(agreement);
    }

    /// <summary>Makes the peer that a transport sees behind a certificate.</summary>
    public static Peer PeerOf(X509Certificate2 certificate)
    {
        var decoded = Certificate.Decode(certificate.RawData);
        return new Peer(decoded.Subject, decoded);
    }

    private static CertificateRequest Request(DistinguishedName subject, ECDsa key) =>
        new(new X500DistinguishedName(subject.Encoded.Span), key, HashAlgorithmName.SHA256);
}
