using CkiSdk.TestSupport;
using CkiSdk.TestSupport.Wires;
using CkiSdk.Transports.Ftp;
using CkiSdk.Transports.Spool;
using CkiSdk.Transports.Tests.Faults;
using CkiSdk.Transports.Tests.Spool;

namespace CkiSdk.Transports.Tests.Ftp;

/// <summary>Holds the transport by files on a real FTP server to the list of faults: messages.</summary>
public sealed class FtpMessageFaultTests(FtpServers servers) : MessageFaultContract, IClassFixture<FtpServers>
{
    private protected override async ValueTask<MessageWay> StartAsync(OnceParty party, TimeSpan? patience = null) => await FtpWay.StartAsync(party, servers.Plain, patience);
}

/// <summary>Holds the transport by files on a real FTP server to the list of faults: wires.</summary>
public sealed class FtpWireFaultTests(FtpServers servers) : WireFaultContract, IClassFixture<FtpServers>
{
    private protected override int Places => 12;

    private protected override int Lanes => LongRun.Count(2, 6);

    private protected override bool HasIntegrity => false; // who can write into the connection can write into the spool

    private protected override async ValueTask<FaultyWay> StartAsync(OnceParty party, TimeSpan? patience = null) => await FtpWay.StartAsync(party, servers.Plain, patience);
}

/// <summary>The same with TLS on all connections.</summary>
public sealed class FtpsWireFaultTests(FtpServers servers) : WireFaultContract, IClassFixture<FtpServers>
{
    private protected override int Places => 12;

    private protected override int Lanes => LongRun.Count(2, 6);

    private protected override async ValueTask<FaultyWay> StartAsync(OnceParty party, TimeSpan? patience = null) => await FtpWay.StartAsync(party, servers.Tls, patience);
}

/// <summary>Is a party that is served through a spool on an FTP server: the client has one wire to that server, the party has another one.</summary>
internal sealed class FtpWay : SpoolWay
{
    private static int _wires;

    private readonly VsftpdServer _server;
    private readonly string _name;
    private readonly CuttingProxy[] _all;

    private FtpWay(OnceParty party, VsftpdServer server, string name, TimeSpan? patience)
        : base(party, server.PathOf(name), patience)
    {
        (_server, _name) = (server, name);
        _all = [NewWire(), NewWire()];
    }

    public override IReadOnlyList<CuttingProxy> Wires => _all;

    public override int ClientWires => 1;

    protected override TimeSpan Interval => TimeSpan.FromMilliseconds(20);

    public static async Task<MessageWay> StartAsync(OnceParty party, VsftpdServer server, TimeSpan? patience)
    {
        var way = new FtpWay(party, server, $"faults-{Guid.NewGuid():N}", patience);
        await way.ServeAsync();
        return way;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var wire in _all) await wire.DisposeAsync();
    }

    // A claim whose rename was carried out but not confirmed passes to the next one after this time.
    protected override SpoolPlace PlaceOfListener() => new FtpSpool(Options(_all[1]) with { Lease = TimeSpan.FromSeconds(2) });

    protected override SpoolPlace PlaceOfClient(TimeSpan? patience) => new FtpSpool(Options(_all[0]) with { Timeout = patience ?? TimeSpan.FromSeconds(30) });

    protected override SpoolPlace PlaceAside() => new FtpSpool(_server.Options(_name));

    private FtpOptions Options(CuttingProxy wire) => _server.Options(_name) with { Host = wire.EndPoint.Address.ToString(), Port = wire.EndPoint.Port };

    private CuttingProxy NewWire() => _server.Wire(Interlocked.Increment(ref _wires) % _server.Addresses.Count);
}
