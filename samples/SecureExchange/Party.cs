using CkiSdk.Asn1.Modules.SecureExchange;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Exchange;
using CkiSdk.Pki.Keys;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;

namespace SecureExchange;

/// <summary>Is one of the two who talk: a private key, its certificate, and whom it trusts.</summary>
internal sealed class Party(string name, Certificate root, Certificate certificate, ISigningKey signing, IKeyAgreementKey receiving)
{
    /// <summary>Makes the files of an authority, of alice and of bob.</summary>
    public static async Task MakeFiles(string folder)
    {
        var provider = CryptoProviders.Software;
        var (from, to) = (DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddDays(1));
        using var rootKey = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP384);
        var template = CertificateProfiles.AuthenticationAuthority(DistinguishedName.Parse("CN=Example Root CA"), rootKey.SubjectPublicKeyInfo, from, to);
        var root = await CertificateSigner.SignAsync(template, null, rootKey, rootKey.DefaultAlgorithm(), SerialNumbers.Random(provider.Random));
        await File.WriteAllTextAsync(Path.Combine(folder, "root.pem"), root.ToPem());
        foreach (var name in (string[])["alice", "bob"])
        {
            using var key = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
            var user = CertificateProfiles.Authentication(
                DistinguishedName.Parse($"CN={name}"), key.SubjectPublicKeyInfo, from, to, CertificatePurposes.Bind | CertificatePurposes.KeyReceipt);
            var certificate = await CertificateSigner.SignAsync(user, root, rootKey, rootKey.DefaultAlgorithm(), SerialNumbers.Random(provider.Random));
            await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.pem"), certificate.ToPem());
            await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.key"), new string(PrivateKeyPem.Write(key)));
        }
    }

    /// <summary>Reads the files of one of the two.</summary>
    public static async Task<Party> Open(string folder, string name)
    {
        var pem = (await File.ReadAllTextAsync(Path.Combine(folder, $"{name}.key"))).AsMemory();
        var keys = CryptoProviders.Software.Keys;
        return new Party(
            name,
            Certificate.FromPem(await File.ReadAllTextAsync(Path.Combine(folder, "root.pem"))),
            Certificate.FromPem(await File.ReadAllTextAsync(Path.Combine(folder, $"{name}.pem"))),
            await PrivateKeyPem.ReadSigningKeyAsync(pem, keys),
            await PrivateKeyPem.ReadKeyAgreementKeyAsync(pem, keys));
    }

    /// <summary>Checks the peer's certificate, exchanges keys with him, and gives the channel.</summary>
    public async Task<ExchangeChannel> Connect(Wire wire, string peerName)
    {
        var me = new ExchangeIdentity { Certificate = certificate, SigningKey = signing, EnvelopeKey = new EcEnvelopeKey(certificate, receiving) };
        var trusted = new PathValidator([new TrustAnchor(root)], CryptoProviders.Software);
        var peer = new ExchangePeer { Subject = DistinguishedName.Parse($"CN={peerName}"), Validator = trusted, Options = new PathOptions { Time = DateTimeOffset.UtcNow } };
        var offer = new ExchangeOffer(me, peer, name == "alice" ? ExchangeRole.Initiator : ExchangeRole.Responder, CryptoProviders.Software);
        await wire.Send(offer.Hello);                                       // my certificate
        using var keying = await offer.AcceptAsync(await wire.Receive());   // his: path, validity, subject
        await wire.Send(keying.KeyMessage);                                 // my key, encrypted to him and signed
        return await keying.AcceptAsync(await wire.Receive());              // his
    }
}
