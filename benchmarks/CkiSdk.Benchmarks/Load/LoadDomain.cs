using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Binding;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage.Sqlite;

namespace CkiSdk.Benchmarks.Load;

/// <summary>Is a CMA as it runs in earnest: an ECDSA key, the default group, a store on the disk, the audit log on; with users who ask, and another domain.</summary>
internal sealed class LoadDomain : IDisposable
{
    public const int Users = 64;
    private static readonly CryptoProvider Provider = CryptoProviders.Software;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cki-load-");
    private readonly SqliteCmaStore _store;
    private readonly (UserAgent Agent, Peer Peer)[] _users;
    private int _recipients;

    private LoadDomain(ISigningKey authorityKey)
    {
        AuthorityKey = authorityKey;
        Now = TimeProvider.System.GetUtcNow();
        Authority = Sign(CertificateProfiles.AuthenticationAuthority(DistinguishedName.Parse("CN=Authority"), authorityKey.SubjectPublicKeyInfo, Now.AddDays(-1), Now.AddYears(2)), null, authorityKey);
        (Certificate, Key) = Domain("A");
        var (other, _) = Domain("B");
        var options = new CmaOptions
        {
            Certificate = Certificate,
            SigningKey = Key,
            SignatureAlgorithm = Key.Algorithms[0],
            StorageKey = Secret.Random(32, Provider.Random),
            Anchors = [Authority],
            AuthenticationAnchors = [Authority],
            Bind = Identify(Certificate.Subject),
            NewNamesPerDay = CmaOptions.Unlimited, // a few users here name as many as a thousand do elsewhere
        };
        _store = Wait(SqliteCmaStore.OpenAsync(Path.Combine(_folder.FullName, "cma.db"), TimeProvider.System));
        Cma = new Cma(options, _store, Provider, TimeProvider.System);
        Wait(Cma.Administration.CreateLocalKeyAsync(Now.AddDays(-1), Now.AddYears(1)).AsTask());
        using var shared = Secret.Random(32, Provider.Random);
        Wait(_store.CommitAsync(UnitOfWork.Of(
            new StoreChange.AddAuthority(new StoredAuthority(other.Subject.Canonical, other.Encoded, Now)),
            new StoreChange.PutKey(new StoredInteroperabilityKey(new string('a', 32), other.Subject.Canonical, Now.AddDays(-1), Now.AddYears(1), Provider.KeyWrap.Wrap(options.StorageKey, shared)) { YourReference = new string('b', 32) }))).AsTask());
        _users = [.. Enumerable.Range(0, Users).Select(Enrol)];
    }

    public DateTimeOffset Now { get; }

    public Cma Cma { get; }

    public Certificate Certificate { get; }

    public ISigningKey Key { get; }

    public Certificate Authority { get; }

    public ISigningKey AuthorityKey { get; }

    public static LoadDomain Create() => new(Wait(Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256).AsTask()));

    /// <summary>Makes a certificate and a key with which a party binds.</summary>
    public BindIdentity Identify(DistinguishedName name)
    {
        var key = Wait(Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256).AsTask());
        return new BindIdentity(Sign(CertificateProfiles.Authentication(name, key.SubjectPublicKeyInfo, Now.AddDays(-1), Now.AddYears(1), CertificatePurposes.Bind), Authority, AuthorityKey), key);
    }

    /// <summary>Makes a certificate and a key with which a user binds, as files.</summary>
    public (byte[] Certificate, byte[] Key) IdentifyInFiles(int user)
    {
        var key = Wait(Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256).AsTask());
        var certificate = Sign(CertificateProfiles.Authentication(PeerOf(user).Name, key.SubjectPublicKeyInfo, Now.AddDays(-1), Now.AddYears(1), CertificatePurposes.Bind), Authority, AuthorityKey);
        using var octets = ((IExportableKey)key).ExportPkcs8();
        return (certificate.Encoded.ToArray(), octets.Span.ToArray());
    }

    public Peer PeerOf(int user) => _users[user % Users].Peer;

    /// <summary>Makes a request of a user for a send certificate.</summary>
    public ReadOnlyMemory<byte> SendRequest(int user) => _users[user % Users].Agent.RequestSendCertificate(Now.AddHours(1), Now.AddDays(30)).Octets;

    /// <summary>Makes a request for the receive certificates of users of the other domain who were never asked for.</summary>
    public ReadOnlyMemory<byte> ReceiveRequest(int user, int count) => _users[user % Users].Agent.RequestReceiveCertificates(
        [.. Enumerable.Range(0, count).Select(_ => DistinguishedName.Parse($"CN=B{Interlocked.Increment(ref _recipients)},O=Domain B,C=GB"))], Now.AddHours(1), Now.AddDays(30)).Octets;

    /// <summary>Lets the engine answer a request, and requires that it grants it.</summary>
    public async Task Handle(int user, ReadOnlyMemory<byte> request) => RequireGranted(await Answer(user, request));

    /// <summary>Lets the engine answer a request.</summary>
    /// <returns>The answer; empty where there is none.</returns>
    public async Task<ReadOnlyMemory<byte>> Answer(int user, ReadOnlyMemory<byte> request) =>
        await Cma.HandleAsync(new DeliveredMessage(request, SecurityServices.All, PeerOf(user))) is HandlingResult.Answer answer ? answer.Message : default;

    public static void RequireGranted(ReadOnlyMemory<byte> answer)
    {
        var status = PKIMessage.Decode(answer).Body switch
        {
            PKIBody.CkiSCrp { Value.Status: var send } => send.Status,
            PKIBody.CkiRCrp { Value.Status: var receive } => receive.Status,
            _ => PKIStatus.Rejection,
        };
        if (status != PKIStatus.Granted) throw new InvalidOperationException($"not granted: {status}");
    }

    /// <summary>Does what bounds the engine: one signature of the CMA, one exponentiation with the base of the default group.</summary>
    public void DoTheLeast(Secret exponent, byte[] octets)
    {
        _ = Key.SignAsync(Key.Algorithms[0], octets).AsTask().GetAwaiter().GetResult();
        _ = Provider.DiffieHellman.PublicValue(DhGroups.Default, exponent);
    }

    public void Dispose()
    {
        Cma.Dispose();
        Wait(_store.DisposeAsync().AsTask());
        _folder.Delete(recursive: true);
    }

    private (Certificate Certificate, ISigningKey Key) Domain(string letter)
    {
        var key = Wait(Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256).AsTask());
        var rule = new DomainRule([DistinguishedName.Parse($"O=Domain {letter},C=GB")]);
        return (Sign(CertificateProfiles.Cma(DistinguishedName.Parse($"CN=CMA {letter},O=Domain {letter},C=GB"), key.SubjectPublicKeyInfo, Now.AddDays(-1), Now.AddYears(2), rule), Authority, AuthorityKey), key);
    }

    private (UserAgent Agent, Peer Peer) Enrol(int number)
    {
        var name = DistinguishedName.Parse($"CN=A{number},O=Domain A,C=GB");
        var key = Wait(Provider.Keys.CreateKeyAgreementKeyAsync(KeyAlgorithm.EcP256).AsTask());
        var certificate = Sign(CertificateProfiles.Authentication(name, key.SubjectPublicKeyInfo, Now.AddDays(-1), Now.AddYears(1), CertificatePurposes.KeyReceipt), Authority, AuthorityKey);
        Wait(Cma.Administration.EnrolAsync(name, certificate, Now).AsTask());
        var options = new UserAgentOptions { User = name, CmaCertificate = Certificate, Encryption = new EncryptionIdentity(certificate, key) };
        return (new UserAgent(options, Provider, TimeProvider.System), new Peer(name, certificate));
    }

    private static Certificate Sign(CertificateTemplate template, Certificate? issuer, ISigningKey key) =>
        Wait(CertificateSigner.SignAsync(template, issuer, key, key.Algorithms[0], SerialNumbers.Random(Provider.Random)).AsTask());

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Wait(Task task) => task.GetAwaiter().GetResult();
}
