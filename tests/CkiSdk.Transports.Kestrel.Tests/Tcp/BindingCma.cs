using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Binding;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Storage;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Kestrel.Tests.Tcp;

/// <summary>A CMA that answers binds, with its enrolled user.</summary>
internal sealed class BindingCma : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly Certificate _authority;

    private BindingCma(Cma cma, Certificate certificate, Certificate authority, BindIdentity user, EncryptionIdentity encryption)
    {
        (Cma, _authority, User) = (cma, authority, user);
        Agent = new UserAgent(new UserAgentOptions { User = user.Name, CmaCertificate = certificate, Encryption = encryption }, CryptoProviders.Software, TimeProvider.System);
    }

    public Cma Cma { get; }

    public BindIdentity User { get; }

    public UserAgent Agent { get; }

    public BindOptions Options => new() { Identity = User, Responder = TestAuthority.ServerName, Anchors = [_authority], Provider = CryptoProviders.Software };

    public static async Task<BindingCma> Create()
    {
        var provider = CryptoProviders.Software;
        var (authorityKey, key) = (await NewKey(), await NewKey());
        var authority = await Sign(CertificateProfiles.AuthenticationAuthority(DistinguishedName.Parse("CN=Bind authority"), authorityKey.SubjectPublicKeyInfo, Now.AddDays(-1), Now.AddDays(9)), null, authorityKey);
        var domain = new DomainRule([DistinguishedName.Parse("O=Domain A,C=GB")]);
        var certificate = await Sign(CertificateProfiles.Cma(TestAuthority.ServerName, key.SubjectPublicKeyInfo, Now.AddDays(-1), Now.AddDays(9), domain), null, key);
        var options = new CmaOptions
        {
            Certificate = certificate,
            SigningKey = key,
            SignatureAlgorithm = key.Algorithms[0],
            StorageKey = Secret.Random(32, provider.Random),
            Group = DhGroups.Ffdhe2048,
            Bind = await Identify(TestAuthority.ServerName),
            AuthenticationAnchors = [authority],
        };
        var cma = new Cma(options, new InMemoryCmaStore(), provider, TimeProvider.System);
        await cma.Administration.CreateLocalKeyAsync(Now.AddDays(-1), Now.AddDays(5));
        var agreement = await provider.Keys.CreateKeyAgreementKeyAsync(KeyAlgorithm.EcP256);
        var encryption = await Sign(CertificateProfiles.Authentication(TestAuthority.ClientName, agreement.SubjectPublicKeyInfo, Now.AddDays(-1), Now.AddDays(9), CertificatePurposes.KeyReceipt), authority, authorityKey);
        await cma.Administration.EnrolAsync(TestAuthority.ClientName, encryption, Now);
        return new BindingCma(cma, certificate, authority, await Identify(TestAuthority.ClientName), new EncryptionIdentity(encryption, agreement));

        async Task<BindIdentity> Identify(DistinguishedName name)
        {
            var own = await NewKey();
            return new BindIdentity(await Sign(CertificateProfiles.Authentication(name, own.SubjectPublicKeyInfo, Now.AddDays(-1), Now.AddDays(9), CertificatePurposes.Bind), authority, authorityKey), own);
        }

        async Task<ISigningKey> NewKey() => await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);

        async Task<Certificate> Sign(CertificateTemplate template, Certificate? issuer, ISigningKey by) =>
            await CertificateSigner.SignAsync(template, issuer, by, by.Algorithms[0], SerialNumbers.Random(provider.Random));
    }

    public void Dispose() => Cma.Dispose();
}
