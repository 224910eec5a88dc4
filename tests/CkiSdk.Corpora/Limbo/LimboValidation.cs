using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Corpora.Limbo;

/// <summary>Validates what a test case describes, by the public interface alone.</summary>
internal static class LimboValidation
{
    // Where a case gives no time, it means now.
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    /// <summary>Returns everything that is wrong; empty for success. A certificate or list that cannot be read is a failure where it is needed.</summary>
    public static IReadOnlyList<string> Run(LimboCase test)
    {
        if (Read(test.PeerCertificate) is not { } peer)
            return ["the certificate is malformed"];
        var anchors = test.TrustedCerts.Select(Read).OfType<Certificate>().Select(certificate => new TrustAnchor(certificate));
        var lists = new List<RevocationList>();
        foreach (var pem in test.Crls ?? [])
        {
            try
            {
                lists.AddRange(RevocationList.ReadAll(pem));
            }
            catch (FormatException e)
            {
                return [$"a revocation list is malformed: {e.Message}"];
            }
        }

        var others = test.UntrustedIntermediates.Select(Read).OfType<Certificate>();
        var validator = new PathValidator(anchors, CryptoProviders.Software);
        var names = test.ExpectedPeerNames.Prepend(test.ExpectedPeerName).OfType<LimboName>().ToList();
        return [.. Options(test, lists, names).SelectMany(options => validator.Validate(peer, others, options).Reasons).Select(reason => reason.ToString()).Distinct()];
    }

    private static IEnumerable<PathOptions> Options(LimboCase test, List<RevocationList> lists, List<LimboName> names)
    {
        var isServer = test.ValidationKind == "SERVER";
        var options = new PathOptions
        {
            Time = test.ValidationTime ?? Now,
            Purpose = isServer ? KeyPurpose.TlsServer : test.ExtendedKeyUsage.Contains("emailProtection") ? KeyPurpose.Mail : KeyPurpose.TlsClient,
            RequiresStatedPurpose = test.ExtendedKeyUsage.Length > 0,
            KeyUsage = test.KeyUsage.Length == 0 ? null : Usage(test.KeyUsage),
            MaxIntermediates = test.MaxChainDepth ?? 10,
            RevocationLists = lists,
            RevocationScope = lists.Count > 0 ? RevocationScope.WholePath : RevocationScope.None,
        };
        return names.Count == 0 ? [options] : names.Select(name => options with { Name = PeerName.Parse(name.Value) });
    }

    private static KeyUsage Usage(string[] names) => names.Aggregate(default(KeyUsage), (all, name) => all | (name switch
    {
        "digitalSignature" => KeyUsage.DigitalSignature,
        "contentCommitment" => KeyUsage.NonRepudiation,
        "keyEncipherment" => KeyUsage.KeyEncipherment,
        "dataEncipherment" => KeyUsage.DataEncipherment,
        "keyAgreement" => KeyUsage.KeyAgreement,
        "keyCertSign" => KeyUsage.KeyCertSign,
        "cRLSign" => KeyUsage.CRLSign,
        "encipher_only" or "encipherOnly" => KeyUsage.EncipherOnly,
        _ => KeyUsage.DecipherOnly,
    }));

    private static Certificate? Read(string pem)
    {
        try
        {
            return Certificate.FromPem(pem);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
