using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;
using CkiSdk.Pki.Requests;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Reads certificates, revocation lists and requests, and validates paths with them: nothing but the documented exception may come out.</summary>
internal sealed class PathTarget : IFuzzTarget
{
    private static readonly DateTimeOffset Time = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CryptoProvider Provider = CryptoProviders.Software;
    private readonly Lazy<(Certificate Root, Certificate End)> _chain = new(MakeChain);

    /// <inheritdoc/>
    public string Name => "path";

    /// <inheritdoc/>
    public bool Try(byte[] input)
    {
        var isRead = false;
        if (Certificate.TryDecode(input, out var certificate))
        {
            isRead = true;
            Validate(certificate);
        }

        if (RevocationList.TryDecode(input, out var list))
        {
            isRead = true;
            Read(list);
        }

        if (CertificationRequest.TryDecode(input, out var request))
        {
            isRead = true;
            _ = request.ProvesPossession(Provider);
        }

        return isRead;
    }

    private void Validate(Certificate certificate)
    {
        var (root, end) = _chain.Value;
        foreach (var options in (PathOptions[])
        [
            new() { Time = Time },
            new() { Time = Time, Purpose = KeyPurpose.TlsServer, Name = PeerName.Parse("www.example.com"), RequiresExplicitPolicy = true, RevocationScope = RevocationScope.WholePath },
        ])
        {
            _ = new PathValidator([new TrustAnchor(certificate)], Provider).Validate(certificate, [certificate], options);
            _ = new PathValidator([new TrustAnchor(certificate)], Provider).Validate(end, [root, certificate], options);
            _ = new PathValidator([new TrustAnchor(root)], Provider).Validate(certificate, [end, certificate], options);
            if (certificate.NameConstraints is { } constraints)
                _ = new PathValidator([new TrustAnchor(root.Subject, root.SubjectPublicKeyInfo) { NameConstraints = constraints }], Provider).Validate(end, [], options);
        }

        _ = CertificateLint.Check(certificate, LintRules.Rfc5280 | LintRules.WebPki | LintRules.Cki);
    }

    private void Read(RevocationList list)
    {
        var (root, end) = _chain.Value;
        try
        {
            foreach (var entry in list.Entries.Take(64))
                _ = list.Find(entry.SerialNumber, entry.CertificateIssuer);
        }
        catch (DerException)
        {
            // An extension of an entry is malformed, which is told only when the entry is read.
        }

        _ = new PathValidator([new TrustAnchor(root)], Provider).Validate(end, [], new PathOptions { Time = Time, RevocationLists = [list] });
    }

    private static (Certificate Root, Certificate End) MakeChain()
    {
        using var key = Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256).AsTask().GetAwaiter().GetResult();
        var details = new IssuanceDetails { Subject = DistinguishedName.Parse("CN=Root,O=Lab"), SubjectPublicKeyInfo = key.SubjectPublicKeyInfo, NotBefore = Time.AddDays(-1), NotAfter = Time.AddDays(1) };
        var root = Sign(IssuanceProfile.Root.Make(details), null, key);
        GeneralName[] names = [new GeneralName.DNSName("www.example.com"), new GeneralName.IPAddress((byte[])[192, 0, 2, 1])];
        return (root, Sign(IssuanceProfile.TlsServer.Make(details with { Subject = DistinguishedName.Parse("CN=www.example.com"), AlternativeNames = names }), root, key));
    }

    private static Certificate Sign(CertificateTemplate template, Certificate? issuer, ISigningKey key) =>
        CertificateSigner.SignAsync(template, issuer, key, key.Algorithms[0], SerialNumbers.Random(Provider.Random)).AsTask().GetAwaiter().GetResult();
}
