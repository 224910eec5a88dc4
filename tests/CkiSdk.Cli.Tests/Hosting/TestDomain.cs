using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Cli.Authorities;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;
using CkiSdk.Protocol.Messages;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Cms;
using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tls;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Cli.Tests.Hosting;

/// <summary>Is a domain in a folder: the home of a CMA with its store, A1 as its enrolled user, and its authority that certifies whom the test wants.</summary>
internal sealed class TestDomain : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private TestDomain()
    {
    }

    public static DistinguishedName CmaName { get; } = DistinguishedName.Parse("CN=CMA A,O=Domain A,C=GB");

    public static DistinguishedName A1Name { get; } = DistinguishedName.Parse("CN=User A1,O=Domain A,C=GB");

    public static DistinguishedName StrangerName { get; } = DistinguishedName.Parse("CN=User A2,O=Domain A,C=GB");

    public string Path => _folder.PathOf("a");

    public Home Home => Home.Open(Path);

    public string Database => Home.PathOf(AuthorityHome.StoreFile);

    /// <summary>Gets the enrolled user.</summary>
    public TlsIdentity A1 { get; private set; } = null!;

    /// <summary>Gets somebody whom the authority knows and the CMA does not.</summary>
    public TlsIdentity Stranger { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Makes the domain, with its store in the home or elsewhere.</summary>
    public static async Task<TestDomain> CreateAsync(StorePlace? store = null)
    {
        var domain = new TestDomain();
        var configuration = new HomeConfiguration
        {
            Version = HomeConfiguration.CurrentVersion,
            Kind = HomeKind.Cma,
            Name = CmaName.ToString(),
            Domain = ["O=Domain A,C=GB"],
            Listen = "127.0.0.1:0",
            Key = new HomeKeySource(HomeKeySource.File, "home.key"),
            Store = store,
        };
        await InitCommand.CreateAsync(domain.Path, configuration, "127.0.0.1:829", TimeSpan.FromDays(1000), null, Settings, Cancel);
        await using var host = await domain.OpenAsync();
        using var secret = EnrolmentCommand.MakeSecret();
        await EnrolmentCommand.EnrolAsync(host, A1Name, Protocol.Storage.PartyKinds.None, secret, Cancel);
        using var authority = await AuthenticationAuthority.OpenAsync(host.Home, host.Identity.Party.HomeKey, CryptoProviders.Software, Cancel);
        domain.A1 = await IdentifyAsync(authority, A1Name);
        domain.Stranger = await IdentifyAsync(authority, StrangerName);
        return domain;
    }

    /// <summary>Opens the CMA inside this process.</summary>
    public Task<CmaHost> OpenAsync() => CmaHost.OpenAsync(Home, Settings, Cancel);

    /// <summary>Makes a client.</summary>
    public TcpCkiTransport Connect(IPEndPoint server, TlsIdentity client) => new(new TcpTransportOptions
    {
        Host = server.Address.ToString(),
        Port = server.Port,
        Certificate = client.Tls,
        Server = new PeerTrust([Home.ReadCertificate(AuthorityIdentity.AuthorityName)], CmaName),
        AnswerTimeout = TimeSpan.FromSeconds(30),
    });

    /// <summary>Makes what A1 signs and opens with where messages travel as CMS, and the certificate of the CMA that he encrypts to.</summary>
    public async Task<(CmsIdentity A1, Certificate Cma)> ProtectAsync()
    {
        await using var host = await OpenAsync();
        using var authority = await AuthenticationAuthority.OpenAsync(host.Home, host.Identity.Party.HomeKey, CryptoProviders.Software, Cancel);
        var (certificate, encryption) = await authority.MakeEncryptionAsync(A1Name, TimeSpan.FromDays(100), Cancel);
        using var ecdsa = A1.Tls.GetECDsaPrivateKey()!;
        using var signing = Secret.From(ecdsa.ExportPkcs8PrivateKey());
        using (encryption)
        {
            var identity = new CmsIdentity
            {
                SigningCertificate = A1.Certificate,
                SigningKey = await CryptoProviders.Software.Keys.ImportSigningKeyAsync(signing, Cancel),
                EncryptionCertificate = certificate,
                EncryptionKey = new EcEnvelopeKey(certificate, await CryptoProviders.Software.Keys.ImportKeyAgreementKeyAsync(encryption, Cancel)),
                Anchors = [.. TrustAnchor.Of([Home.ReadCertificate(AuthorityIdentity.AuthorityName)])],
                Peer = CmaName,
                Provider = CryptoProviders.Software,
            };
            return (identity, Home.ReadCertificate(PartyIdentity.EncryptionName));
        }
    }

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
        new MessageWriter(sender, CryptoProviders.Software.Random).Begin(CmaName, body, DateTimeOffset.UtcNow);

    /// <summary>Asserts that A1 still gets his certificate.</summary>
    public async Task AssertServesAsync(IPEndPoint server)
    {
        await using var client = Connect(server, A1);
        var answer = await client.ExchangeAsync(Request(A1Name).Encode(), Cancel);
        var content = Assert.IsType<PKIBody.CkiSCrp>(PKIMessage.Decode(answer.Message!.Value).Body).Value;
        Assert.Equal(PKIStatus.Granted, content.Status.Status);
        Assert.Equal(A1Name, Certificate.From(content.SendCertificate!).Subject);
    }

    public void Dispose()
    {
        A1.Dispose();
        Stranger.Dispose();
        _folder.Dispose();
    }

    private static HostSettings Settings => new(new WarningLog(TextWriter.Null));

    private static async Task<TlsIdentity> IdentifyAsync(AuthenticationAuthority authority, DistinguishedName name)
    {
        var (certificate, pkcs8) = await authority.MakeTlsAsync(name, isServer: false, TimeSpan.FromDays(100), Cancel);
        using (pkcs8) return TlsIdentity.From(certificate, PemEncoding.Write("PRIVATE KEY", pkcs8.Span));
    }
}
