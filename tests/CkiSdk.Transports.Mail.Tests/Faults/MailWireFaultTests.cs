using System.Net;
using CkiSdk.TestSupport;
using CkiSdk.TestSupport.Mail;
using CkiSdk.TestSupport.Wires;
using CkiSdk.Transports.Mail.Accounts;
using CkiSdk.Transports.Mail.Servers;
using CkiSdk.Transports.Mail.Tests.Servers;
using CkiSdk.Transports.Tests.Cms;
using CkiSdk.Transports.Tests.Faults;

namespace CkiSdk.Transports.Mail.Tests.Faults;

/// <summary>Holds the transport by mail to the list of faults: wires to Exim and Dovecot, by SMTP and IMAP with STARTTLS on both sides.</summary>
public sealed class ImapWireFaultTests(MailServersFixture servers) : WireFaultContract
{
    private protected override int Places => 6;

    private protected override int Lanes => LongRun.Count(4, 16);

    private protected override async ValueTask<FaultyWay> StartAsync(OnceParty party, TimeSpan? patience = null) => await MailWay.StartAsync(party, await servers.System, MailboxProtocol.Imap, patience);
}

/// <summary>The same where the client has TLS from the first octet and reads by POP3.</summary>
public sealed class Pop3WireFaultTests(MailServersFixture servers) : WireFaultContract
{
    private protected override int Places => 6;

    private protected override int Lanes => LongRun.Count(4, 16);

    private protected override async ValueTask<FaultyWay> StartAsync(OnceParty party, TimeSpan? patience = null) => await MailWay.StartAsync(party, await servers.System, MailboxProtocol.Pop3, patience);
}

/// <summary>Is a party that is served by mail: two wires of the client's, to send and to read, and over IMAP two of the party's own.</summary>
internal sealed class MailWay : FaultyWay
{
    private readonly MailSystem _system;
    private readonly TimeSpan? _patience;
    private readonly string _serverAddress = MailSystem.NewAddress("server");
    private readonly CuttingProxy[] _wires;
    private readonly MailAccount _server;
    private readonly MailAccount _client;

    private MailWay(OnceParty party, MailSystem system, MailboxProtocol protocol, TimeSpan? patience, Transports.Cms.CmsIdentity client, Transports.Cms.CmsIdentity server)
        : base(party)
    {
        (_system, _patience) = (system, patience);
        var isImap = protocol == MailboxProtocol.Imap;
        int[] ports = isImap ? [system.Smtp, system.Imap, system.Smtp, system.Imap] : [system.Smtps, system.Pop3s];
        _wires = [.. ports.Select(port => new CuttingProxy(new IPEndPoint(IPAddress.Loopback, port)))];
        var options = MailServersFixture.Options(system, MailSystem.NewAddress("client"), client, protocol);
        _client = new MailAccount(options with
        {
            Outgoing = Over(options.Outgoing, _wires[0], isImap),
            Incoming = Over(options.Incoming, _wires[1], isImap),
            Pause = TimeSpan.FromMilliseconds(50),
            Interval = TimeSpan.FromMilliseconds(100),
            ResendAfter = TimeSpan.FromSeconds(3),
        });
        options = MailServersFixture.Options(system, _serverAddress, server) with { Pause = TimeSpan.FromMilliseconds(50) };
        _server = new MailAccount(isImap ? options with { Outgoing = Over(options.Outgoing, _wires[2], true), Incoming = Over(options.Incoming, _wires[3], true) } : options);

        MailServer Over(MailServer at, CuttingProxy wire, bool isStartTls) => at with
        {
            Port = wire.EndPoint.Port,
            Security = isStartTls ? MailSecurity.StartTls : MailSecurity.Tls,
            Timeout = patience ?? TimeSpan.FromSeconds(30),
        };
    }

    public override IReadOnlyList<CuttingProxy> Wires => _wires;

    public override int ClientWires => 2;

    public static async Task<FaultyWay> StartAsync(OnceParty party, MailSystem system, MailboxProtocol protocol, TimeSpan? patience)
    {
        var way = new MailWay(party, system, protocol, patience, await CmsParty.Client, await CmsParty.Server);
        await MailListener.StartAsync(party, way._server, cancellationToken: TestContext.Current.CancellationToken);
        return way;
    }

    public override async ValueTask<ICkiTransport> ConnectAsync() => new MailTransport(_client, await OptionsAsync() with { AnswerTimeout = _patience ?? TimeSpan.FromSeconds(5) });

    public override async ValueTask<ICkiTransport> ConnectAsideAsync()
    {
        var aside = new MailAccount(MailServersFixture.Options(_system, MailSystem.NewAddress("aside"), await CmsParty.Client));
        return new JoinedMail(new MailTransport(aside, await OptionsAsync()), aside);
    }

    public override async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
        foreach (var wire in _wires) await wire.DisposeAsync();
    }

    private async Task<MailTransportOptions> OptionsAsync() => new() { ServerAddress = _serverAddress, ServerCertificate = (await CmsParty.Server).EncryptionCertificate };
}
