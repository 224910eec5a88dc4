using System.Net;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Cli.Demo;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Keys;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Cli.Tests.Hosting;

/// <summary>Is a domain in a folder: a CMA with its store, A1 as its enrolled user, and an authority that certifies whom the test wants.</summary>
internal sealed class TestDomain : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DemoAuthority _authority;

    private TestDomain(DemoAuthority authority, TlsIdentity a1, TlsIdentity stranger)
    {
        _authority = authority;
        A1 = a1;
        Stranger = stranger;
    }

    public static DistinguishedName StrangerName { get; } = DistinguishedName.Parse("CN=User A2,O=Domain A,C=GB");

    public string Path => _folder.FullPath;

    public CmaFolder Folder => new(Path);

    /// <summary>Gets the enrolled user.</summary>
    public TlsIdentity A1 { get; }

    /// <summary>Gets somebody whom the authority knows and the CMA does not.</summary>
    public TlsIdentity Stranger { get; }

    private static CryptoProvider Provider => CryptoProviders.Software;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<TestDomain> CreateAsync()
    {
        var now = DateTimeOffset.UtcNow;
        var authority = await DemoAuthority.CreateAsync(Provider, now, Cancel);
        var domain = new TestDomain(authority, await IdentifyAsync(authority, DemoUser.Name), await IdentifyAsync(authority, StrangerName));
        await DemoCma.CreateAsync(Provider, authority, domain.Folder, now, Cancel);
        await using var host = await domain.OpenAsync();
        await host.Authority.Administration.CreateLocalKeyAsync(now.AddMinutes(-5), now.AddYears(2), Cancel);
        using var key = await Provider.Keys.CreateKeyAgreementKeyAsync(KeyAlgorithm.EcP256, Cancel);
        var encryption = await authority.CertifyAsync(DemoUser.Name, key.SubjectPublicKeyInfo, CertificatePurposes.KeyReceipt, Cancel);
        await host.Authority.Administration.EnrolAsync(DemoUser.Name, encryption, now, Cancel);
        return domain;
    }

    /// <summary>Opens the CMA inside this process.</summary>
    public async Task<CmaHost> OpenAsync() =>
        await CmaHost.OpenAsync(Folder, await Folder.ReadAsync(Provider, DateTimeOffset.UtcNow, Cancel), Provider, new WarningLog(TextWriter.Null), Cancel);

    /// <summary>Makes a client.</summary>
    public TcpCkiTransport Connect(IPEndPoint server, TlsIdentity client) => new(new TcpTransportOptions
    {
        Host = server.Address.ToString(),
        Port = server.Port,
        Certificate = client.Tls,
        Server = new PeerTrust([_authority.Certificate], DemoCma.Name),
        AnswerTimeout = TimeSpan.FromSeconds(30),
    });

    /// <summary>Makes a request for a send certificate.</summary>
    public static PKIMessage Request(DistinguishedName sender, DistinguishedName? user = null, DateTimeOffset? start = null, DateTimeOffset? end = null)
    {
        var now = DateTimeOffset.UtcNow;
        var body = new PKIBody.CkiSCrr(new CKISendCertReqContent
        {
            User = (user ?? sender).Name,
            SuggestedValidityStart = GeneralizedTime.From(start ?? now),
            SuggestedValidityEnd = GeneralizedTime.From(end ?? now.AddYears(1)),
        });
        return Message(sender, body);
    }

    /// <summary>Makes a message to the CMA.</summary>
    public static PKIMessage Message(DistinguishedName sender, PKIBody body) =>
        new MessageWriter(sender, Provider.Random).Begin(DemoCma.Name, body, DateTimeOffset.UtcNow);

    /// <summary>Asserts that A1 still gets his certificate.</summary>
    public async Task AssertServesAsync(IPEndPoint server)
    {
        await using var client = Connect(server, A1);
        var answer = await client.ExchangeAsync(Request(DemoUser.Name).Encode(), Cancel);
        var content = Assert.IsType<PKIBody.CkiSCrp>(PKIMessage.Decode(answer.Message!.Value).Body).Value;
        Assert.Equal(PKIStatus.Granted, content.Status.Status);
        Assert.Equal(DemoUser.Name, Certificate.From(content.SendCertificate!).Subject);
    }

    public void Dispose()
    {
        _authority.Dispose();
        A1.Dispose();
        Stranger.Dispose();
        _folder.Dispose();
    }

    private static async Task<TlsIdentity> IdentifyAsync(DemoAuthority authority, DistinguishedName name)
    {
        using var key = await Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, Cancel);
        var pem = PrivateKeyPem.Write(key);
        return TlsIdentity.From(await authority.CertifyAsync(name, key.SubjectPublicKeyInfo, CertificatePurposes.TlsClient, Cancel), pem);
    }
}
