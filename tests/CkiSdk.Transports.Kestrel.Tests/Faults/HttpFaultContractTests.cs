using System.Net;
using System.Text;
using CkiSdk.Transports.Kestrel.Http;
using CkiSdk.Transports.Kestrel.Tests.Http;
using CkiSdk.Transports.Tests.Faults;

namespace CkiSdk.Transports.Kestrel.Tests.Faults;

/// <summary>Holds the transport over HTTP/1.1 to the list of faults: messages.</summary>
public sealed class Http11MessageFaultTests : MessageFaultContract
{
    private protected override async ValueTask<MessageWay> StartAsync(OnceParty party, TimeSpan? patience = null) => await HttpWay.StartAsync(party, HttpVersion.Version11, patience);
}

/// <summary>Holds the transport over HTTP/1.1 to the list of faults: wires.</summary>
public sealed class Http11WireFaultTests : WireFaultContract
{
    private protected override int Places => 60;

    private protected override async ValueTask<FaultyWay> StartAsync(OnceParty party, TimeSpan? patience = null) => await HttpWay.StartAsync(party, HttpVersion.Version11, patience);
}

/// <summary>Holds the transport over HTTP/2 to the list of faults: messages.</summary>
public sealed class Http2MessageFaultTests : MessageFaultContract
{
    private protected override async ValueTask<MessageWay> StartAsync(OnceParty party, TimeSpan? patience = null) => await HttpWay.StartAsync(party, HttpVersion.Version20, patience);
}

/// <summary>Holds the transport over HTTP/2 to the list of faults: wires.</summary>
public sealed class Http2WireFaultTests : WireFaultContract
{
    private protected override int Places => 60;

    private protected override async ValueTask<FaultyWay> StartAsync(OnceParty party, TimeSpan? patience = null) => await HttpWay.StartAsync(party, HttpVersion.Version20, patience);
}

/// <summary>Is a party that is served over HTTP.</summary>
internal sealed class HttpWay(OnceParty party, HttpListenerHost listener, Version version, TimeSpan? patience) : ConnectedWay(party, listener, listener.EndPoint)
{
    private const string Head = "POST /.well-known/cmp/p/cki HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/pkixcmp\r\n";

    public static async Task<MessageWay> StartAsync(OnceParty party, Version version, TimeSpan? patience) =>
        new HttpWay(party, await HttpLoopback.ListenAsync(party, options => options with { ConnectionsPerClient = 100_000 }), version, patience);

    public override ValueTask<byte[]> WrapAsync(byte[] request) => ValueTask.FromResult<byte[]>([.. Encoding.ASCII.GetBytes($"{Head}Content-Length: {request.Length}\r\n\r\n"), .. request]);

    public override IEnumerable<(string Description, byte[] Octets)> Hostile(byte[] whole)
    {
        (string Description, string Text)[] rows =
        [
            ("two lengths", Head + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n0\0\0"),
            ("a negative length", Head + "Content-Length: -2\r\n\r\n0\0"),
            ("a length above the limit", Head + "Content-Length: 1048577\r\n\r\n0\0"),
            ("chunks that end before their end", Head + "Transfer-Encoding: chunked\r\n\r\n4\r\n0\0"),
            ("a chunk of a negative size", Head + "Transfer-Encoding: chunked\r\n\r\n-1\r\n0\0"),
            ("an encoding", Head + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n0\0"),
            ("another type", Head.Replace("application/pkixcmp", "text/html", StringComparison.Ordinal) + "Content-Length: 2\r\n\r\n0\0"),
            ("another path", Head.Replace("/p/cki", "/../../etc", StringComparison.Ordinal) + "Content-Length: 2\r\n\r\n0\0"),
            ("no host", Head.Replace("Host: x\r\n", "", StringComparison.Ordinal) + "Content-Length: 2\r\n\r\n0\0"),
            ("a header with NUL", Head + "X: \0\r\nContent-Length: 2\r\n\r\n0\0"),
            ("a header without an end", Head + "X: " + new string('x', 100_000)),
        ];
        return rows.Select(row => (row.Description, Encoding.Latin1.GetBytes(row.Text)));
    }

    protected override ICkiTransport Connect(IPEndPoint server) =>
        HttpLoopback.Connect(server, options => patience is { } time ? options with { Version = version, AnswerTimeout = time, ConnectTimeout = time } : options with { Version = version });
}
