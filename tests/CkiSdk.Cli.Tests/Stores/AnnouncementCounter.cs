using System.Collections.Concurrent;
using System.Net;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Protocol;
using CkiSdk.Transports.Kestrel.Tcp;

namespace CkiSdk.Cli.Tests.Stores;

/// <summary>Is the CMA of another domain, inside this process, that counts how often each announcement arrives.</summary>
internal sealed class AnnouncementCounter : IMessageHandler, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> _announcements = new();
    private readonly CmaHost _host;
    private TcpListenerHost? _listener;

    private AnnouncementCounter(CmaHost host) => _host = host;

    /// <summary>Gets how often each came, by its transaction.</summary>
    public IReadOnlyDictionary<string, int> Announcements => _announcements;

    /// <summary>Starts the CMA of a home.</summary>
    public static async Task<AnnouncementCounter> StartAsync(string home, CancellationToken cancellationToken)
    {
        var counter = new AnnouncementCounter(await CmaHost.OpenAsync(Home.Open(home), new HostSettings(new WarningLog(TextWriter.Null)), cancellationToken));
        await counter._host.Routes.RefreshAsync(cancellationToken);
        var options = new TcpListenerOptions
        {
            EndPoint = IPEndPoint.Parse(counter._host.Home.Configuration.Listen!),
            Certificate = counter._host.Identity.Party.Tls.Tls,
            Clients = counter._host.Routes.Clients,
        };
        counter._listener = await TcpListenerHost.StartAsync(new CkiServer(counter), options, cancellationToken);
        return counter;
    }

    public ValueTask<HandlingResult> HandleAsync(DeliveredMessage message, CancellationToken cancellationToken = default)
    {
        if (PKIMessage.TryDecode(message.Octets, out var decoded) && decoded.Body is PKIBody.Crlann or PKIBody.CkiRULann or PKIBody.CkiRCann)
            _announcements.AddOrUpdate(Convert.ToHexString(decoded.Header.TransactionID!.Value.Span), 1, (_, count) => count + 1);
        return _host.Authority.HandleAsync(message, cancellationToken);
    }

    public ValueTask<ReadOnlyMemory<byte>?> NextAnnouncementAsync(
        Peer peer, SecurityServices services, ReadOnlyMemory<byte>? acknowledged, CancellationToken cancellationToken = default) =>
        _host.Authority.NextAnnouncementAsync(peer, services, acknowledged, cancellationToken);

    public ValueTask<WaitingAnnouncement?> AnnouncementAfterAsync(Peer peer, SecurityServices services, long after, CancellationToken cancellationToken = default) =>
        _host.Authority.AnnouncementAfterAsync(peer, services, after, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null) await _listener.DisposeAsync();
        await _host.DisposeAsync();
    }
}
