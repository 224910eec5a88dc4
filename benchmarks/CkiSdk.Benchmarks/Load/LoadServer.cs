using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Pki.Certificates;
using CkiSdk.Transports.Kestrel.Tcp;
using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Benchmarks.Load;

/// <summary>Serves a domain over TCP and TLS 1.3 on loopback, with connections of its users.</summary>
internal sealed class LoadServer : IAsyncDisposable
{
    private readonly X509Certificate2 _authority;
    private readonly LoadDomain _domain;
    private readonly TcpCkiTransport[] _clients;
    private readonly TcpListenerHost _listener;

    private LoadServer(LoadDomain domain, X509Certificate2 authority, TcpListenerHost listener, int connections)
    {
        (_domain, _authority, _listener) = (domain, authority, listener);
        _clients = [.. Enumerable.Range(0, connections).Select(Connect)];
    }

    public int Connections => _clients.Length;

    public static async Task<LoadServer> Start(LoadDomain domain, int connections)
    {
        var authority = CreateAuthority(domain.Now);
        var options = new TcpListenerOptions
        {
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Certificate = Certify(authority, domain.Certificate.Subject.Encoded),
            Clients = Trust(authority),
            ConnectionsPerClient = 1024,
        };
        return new LoadServer(domain, authority, await TcpListenerHost.StartAsync(domain.Cma, options), connections);
    }

    public static X509Certificate2 CreateAuthority(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=TLS authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }

    /// <summary>Sends a request of a user over his connection, and requires that it is granted.</summary>
    public async Task Ask(int user, ReadOnlyMemory<byte> request) => LoadDomain.RequireGranted(await Exchange(user, request));

    /// <summary>Sends a request of a user over his connection.</summary>
    /// <returns>The answer; a refusal without one is an exception.</returns>
    public async Task<ReadOnlyMemory<byte>> Exchange(int user, ReadOnlyMemory<byte> request)
    {
        var answer = await _clients[user % _clients.Length].ExchangeAsync(request);
        return answer.Message ?? throw new InvalidOperationException(answer.Refusal ?? "no answer");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        await _listener.DisposeAsync();
    }

    private TcpCkiTransport Connect(int user) => new(new TcpTransportOptions
    {
        Host = IPAddress.Loopback.ToString(),
        Port = _listener.EndPoint.Port,
        Certificate = Certify(_authority, _domain.PeerOf(user).Name.Encoded),
        Server = Trust(_authority),
    });

    public static PeerTrust Trust(X509Certificate2 authority) => new([Certificate.Decode(authority.RawData)]);

    public static X509Certificate2 Certify(X509Certificate2 authority, ReadOnlyMemory<byte> subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName(subject.Span), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        using var certificate = request.Create(authority, new DateTimeOffset(authority.NotBefore), new DateTimeOffset(authority.NotAfter), RandomNumberGenerator.GetBytes(15));
        return certificate.CopyWithPrivateKey(key);
    }
}
