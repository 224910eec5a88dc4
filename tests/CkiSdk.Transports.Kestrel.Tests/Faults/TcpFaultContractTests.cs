using System.Buffers;
using System.Net;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Kestrel.Tcp;
using CkiSdk.Transports.Kestrel.Tests.Tcp;
using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tests.Faults;

namespace CkiSdk.Transports.Kestrel.Tests.Faults;

/// <summary>Holds the transport over TCP and TLS to the list of faults: messages.</summary>
public sealed class TcpMessageFaultTests : MessageFaultContract
{
    private protected override async ValueTask<MessageWay> StartAsync(OnceParty party, TimeSpan? patience = null) => await TcpWay.StartAsync(party, patience);
}

/// <summary>Holds the transport over TCP and TLS to the list of faults: wires.</summary>
public sealed class TcpWireFaultTests : WireFaultContract
{
    private protected override int Places => 60;

    private protected override async ValueTask<FaultyWay> StartAsync(OnceParty party, TimeSpan? patience = null) => await TcpWay.StartAsync(party, patience);
}

/// <summary>Is a party that is served over TCP and TLS.</summary>
internal sealed class TcpWay(OnceParty party, TcpListenerHost listener, TimeSpan? patience) : ConnectedWay(party, listener, listener.EndPoint)
{
    public static async Task<MessageWay> StartAsync(OnceParty party, TimeSpan? patience) =>
        new TcpWay(party, await Loopback.ListenAsync(party, options => options with { ConnectionsPerClient = 100_000 }), patience);

    public override ValueTask<byte[]> WrapAsync(byte[] request)
    {
        var octets = new ArrayBufferWriter<byte>();
        TcpFraming.Write(new TcpFrame.PkiMsg(request), octets);
        return ValueTask.FromResult(octets.WrittenSpan.ToArray());
    }

    public override IEnumerable<(string Description, byte[] Octets)> Hostile(byte[] whole) =>
    [
        ("a frame of 4 GiB", [0xFF, 0xFF, 0xFF, 0xFF, .. whole]),
        ("a frame above the limit", [0x00, 0x10, 0x00, 0x02, .. whole]),
        ("a frame without a flag", Hex.Decode("00000000")),
        ("a message without octets", Hex.Decode("00000001 00")),
        ("a flag that nobody knows", Hex.Decode("00000003 07 3000")),
        ("a reference cut short", Hex.Decode("00000004 02 000000")),
        ("an answer instead of a question", Hex.Decode("00000003 05 3000")),
        ("a message from the middle on", whole[7..]),
    ];

    protected override ICkiTransport Connect(IPEndPoint server) => Loopback.Connect(server, options => patience is { } time ? options with { AnswerTimeout = time, HandshakeTimeout = time } : options);
}
