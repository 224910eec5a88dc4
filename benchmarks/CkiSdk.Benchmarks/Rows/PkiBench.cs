using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Holds an authority with ECDSA keys, for us and for the framework, and a path of three certificates.</summary>
internal sealed class PkiBench
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly IssuanceDetails _details;

    public PkiBench()
    {
        RootKey = Key();
        MiddleKey = Key();
        EndKey = Key();
        Root = Sign(IssuanceProfile.Root.Make(Details("CN=Root,O=Bench", RootKey)), null, RootKey);
        Middle = Sign(IssuanceProfile.Intermediate.Make(Details("CN=Middle,O=Bench", MiddleKey)), Root, RootKey);
        _details = Details("CN=www.example.com", EndKey) with { AlternativeNames = [new Asn1.Modules.CertificateExtensions.GeneralName.DNSName("www.example.com")] };
        End = Issue();
        MiddleFramework = Middle.ToX509Certificate2((IExportableKey)MiddleKey);
        EndKeyFramework = ECDsa.Create();
        EndKeyFramework.ImportSubjectPublicKeyInfo(EndKey.SubjectPublicKeyInfo.Span, out _);
    }

    public static DateTimeOffset Time { get; } = From.AddDays(10);

    public ISigningKey RootKey { get; }

    public ISigningKey MiddleKey { get; }

    public ISigningKey EndKey { get; }

    public Certificate Root { get; }

    public Certificate Middle { get; }

    public Certificate End { get; }

    public X509Certificate2 MiddleFramework { get; }

    public ECDsa EndKeyFramework { get; }

    /// <summary>Issues a certificate: template, serial number, lint, signature.</summary>
    public Certificate Issue() => Sign(IssuanceProfile.TlsServer.Make(_details), Middle, MiddleKey);

    /// <summary>Signs what the certificate of the end has signed: the fastest signature that there is here (beside it stands the framework's).</summary>
    public byte[] SignAlone()
    {
        var signing = MiddleKey.SignAsync(SignatureAlgorithm.EcdsaSha256, End.Value.ToBeSignedEncoded);
        return signing.IsCompleted ? signing.Result : signing.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Makes the same certificate by the framework.</summary>
    public X509Certificate2 IssueByFramework()
    {
        var request = new CertificateRequest("CN=www.example.com", EndKeyFramework, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("www.example.com");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(MiddleFramework, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        Span<byte> serial = stackalloc byte[20];
        RandomNumberGenerator.Fill(serial);
        serial[0] &= 0x3F;
        return request.Create(MiddleFramework, From, From.AddDays(90), serial);
    }

    /// <summary>Parses the three certificates and validates the path.</summary>
    public void Validate(PathValidator? validator)
    {
        var (end, middle, root) = (Certificate.Decode(End.Encoded), Certificate.Decode(Middle.Encoded), Certificate.Decode(Root.Encoded));
        validator ??= new PathValidator([new TrustAnchor(root)], CryptoProviders.Software);
        Require(validator.Validate(end, [middle], new PathOptions { Time = Time, Purpose = KeyPurpose.TlsServer, Name = PeerName.Parse("www.example.com") }).IsValid);
    }

    /// <summary>Does the same by the framework.</summary>
    public void ValidateByFramework()
    {
        using var end = X509CertificateLoader.LoadCertificate(End.Encoded.Span);
        using var middle = X509CertificateLoader.LoadCertificate(Middle.Encoded.Span);
        using var root = X509CertificateLoader.LoadCertificate(Root.Encoded.Span);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.ExtraStore.Add(middle);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = Time.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        Require(chain.Build(end) && end.MatchesHostname("www.example.com"));
        foreach (var element in chain.ChainElements)
            element.Certificate.Dispose();
    }

    private static void Require(bool isValid)
    {
        if (!isValid)
            throw new InvalidOperationException("The path is not valid.");
    }

    private static ISigningKey Key() => CryptoProviders.Software.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256).AsTask().GetAwaiter().GetResult();

    private static IssuanceDetails Details(string subject, ISigningKey key) =>
        new() { Subject = DistinguishedName.Parse(subject), SubjectPublicKeyInfo = key.SubjectPublicKeyInfo, NotBefore = From, NotAfter = From.AddDays(90) };

    private static Certificate Sign(CertificateTemplate template, Certificate? issuer, ISigningKey key)
    {
        var signing = CertificateSigner.SignAsync(template, issuer, key, key.Algorithms[0], SerialNumbers.Random(CryptoProviders.Software.Random));
        return signing.IsCompleted ? signing.Result : signing.AsTask().GetAwaiter().GetResult();
    }
}
