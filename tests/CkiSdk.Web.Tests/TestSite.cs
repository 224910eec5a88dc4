using System.Net;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;
using CkiSdk.Transports.Tests.Contract;
using CkiSdk.Transports.Tls;
using CkiSdk.Web.Options;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Web.Tests;

/// <summary>A CMA on a store in memory with its pages on a listener: users, an operator, two approvers, one who asks for a key.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    public static readonly DistinguishedName CmaName = DistinguishedName.Parse("CN=CMA A,O=Domain A,C=GB");
    public static readonly DistinguishedName A1 = TestAuthority.ClientName;
    public static readonly DistinguishedName Requester = DistinguishedName.Parse("CN=Requester,O=Domain A,C=GB");
    public static readonly X509Certificate2 Operator = TestAuthority.Trusted.Certify(DistinguishedName.Parse("CN=Operator,O=Domain A,C=GB"));
    public static readonly X509Certificate2 First = TestAuthority.Trusted.Certify(DistinguishedName.Parse("CN=First approver,O=Domain A,C=GB"));
    public static readonly X509Certificate2 Second = TestAuthority.Trusted.Certify(DistinguishedName.Parse("CN=Second approver,O=Domain A,C=GB"));
    private readonly Secret _storageKey;
    private readonly ISigningKey _key;

    private TestSite(Cma cma, ICmaStore store, CmaPagesHost host, Secret storageKey, ISigningKey key) => (Cma, Store, Host, _storageKey, _key) = (cma, store, host, storageKey, key);

    public Cma Cma { get; }

    public ICmaStore Store { get; }

    public CmaPagesHost Host { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts the pages: without TLS, or with it.</summary>
    public static async Task<TestSite> StartAsync(bool isTls = false, Func<CmaPagesOptions, CmaPagesOptions>? change = null)
    {
        var (provider, now) = (CryptoProviders.Software, DateTimeOffset.UtcNow);
        var key = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, Cancel);
        var storageKey = Secret.Random(32, provider.Random);
        var template = CertificateProfiles.Cma(CmaName, key.SubjectPublicKeyInfo, now.AddDays(-200), now.AddDays(700), new DomainRule([DistinguishedName.Parse("O=Domain A,C=GB")]));
        var certificate = await CertificateSigner.SignAsync(template, null, key, key.Algorithms[0], SerialNumbers.Random(provider.Random), Cancel);
        var options = new CmaOptions { Certificate = certificate, SigningKey = key, SignatureAlgorithm = key.Algorithms[0], StorageKey = storageKey, Recovery = new RecoveryOptions() };
        var store = new InMemoryCmaStore();
        var cma = new Cma(options, store, provider, TimeProvider.System);
        var pages = new CmaPagesOptions
        {
            Cma = cma,
            Store = store,
            Certificates = [new ShownCertificate("cma", certificate), new ShownCertificate("tls", TestAuthority.PeerOf(TestAuthority.Server).Certificate)],
            Clients = new PeerTrust([TestAuthority.Trusted.Anchor]),
            Operators = [TestAuthority.PeerOf(Operator).Name],
            Recovery = options.Recovery,
            RowsPerPage = 3,
        };
        var host = await CmaPagesHost.StartAsync(
            change is null ? pages : change(pages), new CmaPagesHostOptions { EndPoint = new IPEndPoint(IPAddress.Loopback, 0), Certificate = isTls ? TestAuthority.Server : null }, Cancel);
        await cma.Administration.CreateLocalKeyAsync(now.AddDays(-10), now.AddDays(400), Cancel);
        foreach (var approver in new[] { First, Second }) await cma.Peers.PutAsync(TestAuthority.PeerOf(approver).Name, PartyKinds.RecoveryApprover, cancellationToken: Cancel);
        await cma.Peers.PutAsync(Requester, PartyKinds.RecoveryRequester, cancellationToken: Cancel);
        await cma.MaintainAsync(Cancel);
        var site = new TestSite(cma, store, host, storageKey, key);
        await site.AddUserAsync(A1);
        return site;
    }

    public async Task AddUserAsync(DistinguishedName name) => await Store.CommitAsync(UnitOfWork.Of(new StoreChange.PutUser(new EnrolledUser(name.Canonical, name.Encoded))), Cancel);

    /// <summary>Puts a certificate into the store and returns its serial number in hexadecimal.</summary>
    public async Task<string> AddCertificateAsync(DistinguishedName subject, string usage = IssuedCertificate.Send, int days = 5)
    {
        using var made = TestAuthority.Trusted.Certify(subject, days: days);
        var certificate = Certificate.Decode(made.RawData);
        var transaction = new TransactionKey(subject.Canonical, made.SerialNumber);
        await Store.ReserveSerialsAsync([certificate.SerialNumber.Octets], transaction, Cancel);
        await Store.CommitAsync(
            new UnitOfWork
            {
                Transaction = transaction,
                Answer = new StoredAnswer(new byte[32], new byte[1], null, DateTimeOffset.UtcNow),
                Changes = [new StoreChange.AddCertificate(new IssuedCertificate(certificate.SerialNumber.Octets.ToArray(), usage, subject.Canonical, certificate.NotAfter, certificate.Encoded), transaction)],
            },
            Cancel);
        return made.SerialNumber.ToLowerInvariant();
    }

    /// <summary>Puts a request for the key of a certificate into the store, as the protocol does.</summary>
    public async Task AskForKeyAsync(string id, DistinguishedName subject, DistinguishedName? requester = null)
    {
        var template = new FullCertTemplate
        {
            CertReqId = 0,
            CertTemplate = new CertTemplate { Subject = subject.Name, Validity = new OptionalValidity { NotBefore = GeneralizedTime.From(DateTimeOffset.UtcNow), NotAfter = GeneralizedTime.From(DateTimeOffset.UtcNow.AddDays(9)) } },
        };
        var body = new PKIBody.Krr(new InitReqContent { FullCertTemplates = new FullCertTemplates((SequenceOf<FullCertTemplate>)new[] { template }) });
        var found = new RecoveryCase(id, new TransactionKey((requester ?? Requester).Canonical, id), new byte[32], body.Encode(), DateTimeOffset.UtcNow);
        await Store.CommitAsync(UnitOfWork.Of(new StoreChange.PutRecoveryCase(found)), Cancel);
    }

    /// <summary>Makes a browser without scripts, with or without a certificate.</summary>
    public TestBrowser Browse(X509Certificate2? certificate = null, bool isTls = true) => new(new Uri($"http{(isTls ? "s" : "")}://127.0.0.1:{Host.EndPoint.Port}"), certificate);

    public async Task<AuditEntry> LastEntryAsync(string what) => (await Store.ReadAuditAsync(Cancel)).Links.Select(link => link.Entry).Last(entry => entry.Event == what);

    public async Task<int> CountEntriesAsync() => (await Store.ReadAuditAsync(Cancel)).Links.Count;

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Cma.Dispose();
        await Store.DisposeAsync();
        _storageKey.Dispose();
        _key.Dispose();
    }
}
