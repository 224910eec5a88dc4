using System.Net;
using CkiSdk.Cli.Hosting;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Keys;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Messages;
using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Cli.Demo;

/// <summary>Is the demo's user A1: his authentication and encryption keys, his agent, his way to the CMA.</summary>
internal sealed class DemoUser : IAsyncDisposable
{
    private readonly TlsIdentity _identity;
    private readonly IKeyAgreementKey _encryptionKey;
    private readonly EncryptionIdentity _encryption;
    private UserAgent? _agent;
    private RecordingTransport? _transport;
    private CkiClient? _client;

    private DemoUser(TlsIdentity identity, IKeyAgreementKey encryptionKey, Certificate encryptionCertificate)
    {
        _identity = identity;
        _encryptionKey = encryptionKey;
        _encryption = new EncryptionIdentity(encryptionCertificate, encryptionKey);
    }

    /// <summary>Gets the user's name.</summary>
    public static DistinguishedName Name { get; } = DistinguishedName.Parse("CN=User A1,O=Domain A,C=GB");

    /// <summary>Gets the certificate that keys are sealed to.</summary>
    public Certificate EncryptionCertificate => _encryption.Certificate;

    /// <summary>Makes A1's keys, has them certified, and leaves them in the folder.</summary>
    public static async Task<DemoUser> CreateAsync(CryptoProvider provider, DemoAuthority authority, DemoFolder folder, CancellationToken cancellationToken)
    {
        var identity = await AuthenticateAsync(provider, authority, folder, cancellationToken).ConfigureAwait(false);
        var key = await provider.Keys.CreateKeyAgreementKeyAsync(KeyAlgorithm.EcP256, cancellationToken).ConfigureAwait(false);
        var certificate = await authority.CertifyAsync(Name, key.SubjectPublicKeyInfo, CertificatePurposes.KeyReceipt, cancellationToken).ConfigureAwait(false);
        folder.Write("a1-encryption.pem", certificate);
        folder.WriteSecret("a1-encryption.key", PrivateKeyPem.Write(key));
        return new DemoUser(identity, key, certificate);
    }

    /// <summary>Tells the user where his CMA is and whom to trust.</summary>
    public void Connect(CryptoProvider provider, Certificate cmaCertificate, IPEndPoint cma, Certificate anchor, DemoFolder folder)
    {
        var options = new UserAgentOptions { User = Name, CmaCertificate = cmaCertificate, Encryption = _encryption };
        _agent = new UserAgent(options, provider, TimeProvider.System);
        var tcp = new TcpCkiTransport(new TcpTransportOptions
        {
            Host = cma.Address.ToString(),
            Port = cma.Port,
            Certificate = _identity.Tls,
            Server = new PeerTrust([anchor], cmaCertificate.Subject),
        });
        _transport = new RecordingTransport(tcp, folder);
        _client = new CkiClient(_agent, _transport);
    }

    /// <summary>Fetches the seed key that waits at the CMA.</summary>
    public async Task<int> FetchSeedKeyAsync(CancellationToken cancellationToken)
    {
        var taken = await _client!.FetchAnnouncementsAsync(cancellationToken).ConfigureAwait(false);
        return taken == 1 ? taken : throw new CkiProtocolException($"One seed key was expected at the CMA, {taken} were there.");
    }

    /// <summary>Asks for a send certificate that is valid from now for a year.</summary>
    public async Task<SendCertificateResult.Granted> RequestSendCertificateAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var result = await _client!.RequestSendCertificateAsync(now, now.AddYears(1), cancellationToken: cancellationToken).ConfigureAwait(false);
        return result as SendCertificateResult.Granted
            ?? throw new CkiProtocolException(result is SendCertificateResult.Rejected rejected ? rejected.Text : "The CMA has not decided in time.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_transport is not null)
        {
            await _transport.DisposeAsync().ConfigureAwait(false);
        }

        _agent?.Dispose();
        _encryptionKey.Dispose();
        _identity.Dispose();
    }

    private static async Task<TlsIdentity> AuthenticateAsync(CryptoProvider provider, DemoAuthority authority, DemoFolder folder, CancellationToken cancellationToken)
    {
        using var key = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, cancellationToken).ConfigureAwait(false);
        var certificate = await authority.CertifyAsync(Name, key.SubjectPublicKeyInfo, CertificatePurposes.TlsClient, cancellationToken).ConfigureAwait(false);
        var pem = PrivateKeyPem.Write(key);
        var identity = TlsIdentity.From(certificate, pem);
        folder.Write("a1-tls.pem", certificate);
        folder.WriteSecret("a1-tls.key", pem);
        return identity;
    }
}
