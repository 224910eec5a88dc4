using System.Net;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Keys;
using CkiSdk.Protocol.Server;
using CkiSdk.Storage.Sqlite;
using CkiSdk.Transports.Kestrel.Tcp;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Cli.Demo;

/// <summary>Is the CMA of the demo's domain A: its keys, its SQLite store, its listener.</summary>
internal sealed class DemoCma : IAsyncDisposable
{
    private readonly CryptoProvider _provider;
    private readonly ISigningKey _key;
    private readonly Secret _storageKey;
    private SqliteCmaStore? _store;
    private TcpListenerHost? _listener;

    private DemoCma(CryptoProvider provider, ISigningKey key, Secret storageKey, Certificate certificate)
    {
        _provider = provider;
        _key = key;
        _storageKey = storageKey;
        Certificate = certificate;
    }

    /// <summary>Gets the CMA's name.</summary>
    public static DistinguishedName Name { get; } = DistinguishedName.Parse("CN=CMA A,O=Domain A,C=GB");

    /// <summary>Gets the subtree of names that the CMA serves.</summary>
    public static DistinguishedName Subtree { get; } = DistinguishedName.Parse("O=Domain A,C=GB");

    /// <summary>Gets the CMA certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>Gets the authority itself, once it is open.</summary>
    public Cma? Authority { get; private set; }

    /// <summary>Gets where the CMA listens, once it does.</summary>
    public IPEndPoint EndPoint => _listener?.EndPoint ?? throw new InvalidOperationException("The CMA does not listen yet.");

    /// <summary>Makes the CMA's keys and its self-signed certificate, and leaves them in the folder.</summary>
    public static async Task<DemoCma> CreateAsync(CryptoProvider provider, DemoFolder folder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, cancellationToken).ConfigureAwait(false);
        var template = CertificateProfiles.Cma(Name, key.SubjectPublicKeyInfo, now.AddMinutes(-5), now.AddYears(5), new DomainRule([Subtree]));
        var certificate = await CertificateSigner.SignAsync(
            template, null, key, SignatureAlgorithm.EcdsaP256Sha256, SerialNumbers.Random(provider.Random), cancellationToken).ConfigureAwait(false);
        folder.Write("cma.pem", certificate);
        folder.WriteSecret("cma.key", PrivateKeyPem.Write(key));
        var storageKey = Secret.Random(32, provider.Random);
        folder.WriteSecret("cma-storage.key", Convert.ToHexStringLower(storageKey.Span).ToCharArray());
        return new DemoCma(provider, key, storageKey, certificate);
    }

    /// <summary>Opens the store and makes the domain's interoperability key.</summary>
    public async Task<StoredInteroperabilityKey> OpenAsync(DemoFolder folder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        _store = await SqliteCmaStore.OpenAsync(folder.Database, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        var options = new CmaOptions
        {
            Certificate = Certificate,
            SigningKey = _key,
            SignatureAlgorithm = SignatureAlgorithm.EcdsaP256Sha256,
            StorageKey = _storageKey,
        };
        Authority = new Cma(options, _store, _provider, TimeProvider.System);
        return await Authority.Administration.CreateLocalKeyAsync(now.AddMinutes(-5), now.AddYears(2), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Listens on a free port of the loopback address, for clients that the authority of authentication has certified.</summary>
    public async Task<IPEndPoint> ListenAsync(DemoIdentity identity, Certificate anchor, CancellationToken cancellationToken)
    {
        var options = new TcpListenerOptions
        {
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Certificate = identity.Tls,
            Clients = new PeerTrust([anchor]),
        };
        _listener = await TcpListenerHost.StartAsync(new CkiServer(Authority!), options, cancellationToken).ConfigureAwait(false);
        return _listener.EndPoint;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_listener is not null)
        {
            await _listener.DisposeAsync().ConfigureAwait(false);
        }

        Authority?.Dispose();
        if (_store is not null)
        {
            await _store.DisposeAsync().ConfigureAwait(false);
        }

        _key.Dispose();
        _storageKey.Dispose();
    }
}
