using System.Net;
using System.Text;
using CkiSdk.Protocol;
using CkiSdk.Transports.Http;
using CkiSdk.Transports.Kestrel.Tests.Tcp;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Kestrel.Tests.Http;

/// <summary>What a client finds when the wire or the server fails; the next call works again.</summary>
public sealed class HttpFaultTests
{
    private const string Good = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/pkixcmp\r\nContent-Length: 2\r\n\r\n0\0";
    private static readonly byte[] Request = [0x30, 0x03, 0x02, 0x01, 0x05];
    private static readonly byte[] Answer = [0x30, 0x00];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Answers to a message, with what a client makes of them.</summary>
    public static TheoryData<string, string, CkiTransportFault> Answers => new()
    {
        { "nothing there", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", CkiTransportFault.Violation },
        { "no such method", "HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n", CkiTransportFault.Violation },
        { "a page", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\n<>", CkiTransportFault.Violation },
        { "no type", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n0\0", CkiTransportFault.Violation },
        { "an empty message", "HTTP/1.1 200 OK\r\nContent-Type: application/pkixcmp\r\nContent-Length: 0\r\n\r\n", CkiTransportFault.Violation },
        { "a message that ends with the connection", "HTTP/1.1 200 OK\r\nContent-Type: application/pkixcmp\r\n\r\n0\0", CkiTransportFault.Violation },
        { "an encoded message", "HTTP/1.1 200 OK\r\nContent-Type: application/pkixcmp\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n0\0", CkiTransportFault.Violation },
        { "a message above the limit", "HTTP/1.1 200 OK\r\nContent-Type: application/pkixcmp\r\nContent-Length: 1048577\r\n\r\n0\0", CkiTransportFault.Violation },
        { "a length that is a lie", "HTTP/1.1 200 OK\r\nContent-Type: application/pkixcmp\r\nContent-Length: 3\r\n\r\n0\0", CkiTransportFault.Cut },
        { "a negative length", "HTTP/1.1 200 OK\r\nContent-Type: application/pkixcmp\r\nContent-Length: -2\r\n\r\n0\0", CkiTransportFault.Violation },
        { "a chunk without a size", "HTTP/1.1 200 OK\r\nContent-Type: application/pkixcmp\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", CkiTransportFault.Violation },
        { "chunks without an end", "HTTP/1.1 200 OK\r\nContent-Type: application/pkixcmp\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n0\0\r\n", CkiTransportFault.Cut },
        { "no HTTP", "SSH-2.0-OpenSSH\r\n\r\n", CkiTransportFault.Violation },
        { "headers without an end", "HTTP/1.1 200 OK\r\n" + new string('X', 40_000), CkiTransportFault.Violation },
        { "a redirection", "HTTP/1.1 307 There\r\nLocation: https://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", CkiTransportFault.Violation },
        { "a permanent one", "HTTP/1.1 301 There\r\nLocation: https://127.0.0.1:1/\r\nContent-Type: application/pkixcmp\r\nContent-Length: 2\r\n\r\n0\0", CkiTransportFault.Violation },
        { "no content", "HTTP/1.1 204 No Content\r\n\r\n", CkiTransportFault.Violation },
        { "who are you", "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n", CkiTransportFault.NotAuthenticated },
        { "not you", "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", CkiTransportFault.NotAuthenticated },
        { "too slow", "HTTP/1.1 408 Slow\r\nContent-Length: 0\r\n\r\n", CkiTransportFault.Unreachable },
        { "too many", "HTTP/1.1 429 Many\r\nContent-Length: 0\r\n\r\n", CkiTransportFault.Unreachable },
        { "a fault", "HTTP/1.1 500 Oh\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\n<>", CkiTransportFault.Unreachable },
        { "not now", "HTTP/1.1 503 No\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n", CkiTransportFault.Unreachable },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task WhatIsNoAnswer_IsAFault_AndTheNextCallWorks(string row, string text, CkiTransportFault expected)
    {
        await using var server = Serve(number => number == 1 ? text : Good);
        await using var client = HttpLoopback.Connect(server.EndPoint);
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.True(exception.Fault == expected, $"{row}: {exception}");
        Assert.Equal(Answer, (await client.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task CutInAnAnswer_IsReported_AtEveryOctet_AndTheNextCallWorks()
    {
        await using var server = new RawServer(async (stream, number) =>
        {
            await ReadRequestAsync(stream);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(number <= Good.Length ? Good[..(number - 1)] : Good), Cancel);
        });
        await using var client = HttpLoopback.Connect(server.EndPoint);
        for (var length = 0; length < Good.Length; length++)
        {
            var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
            Assert.True(exception.Fault == CkiTransportFault.Cut, $"after {length} octets: {exception}");
        }

        Assert.Equal(Answer, (await client.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
        Assert.Equal(Good.Length + 1, server.Connections);
    }

    [Fact]
    public async Task StatesOfFault_MayCarryAMessage()
    {
        await using var server = Serve(number => $"HTTP/1.1 {(number == 1 ? 400 : 503)} No\r\nContent-Type: application/pkixcmp\r\nRetry-After: 60\r\nContent-Length: 2\r\n\r\n0\0");
        await using var client = HttpLoopback.Connect(server.EndPoint);
        for (var i = 0; i < 2; i++)
        {
            var answer = await client.ExchangeAsync(Request, Cancel);
            Assert.Equal(Answer, answer.Message!.Value.ToArray());
            Assert.False(answer.IsWaiting);
        }
    }

    [Theory]
    [InlineData("without words", "HTTP/1.1 413 Large\r\nContent-Length: 0\r\n\r\n", "answers 413")]
    [InlineData("with words", "HTTP/1.1 400 No\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 9\r\n\r\na\u001b[2Jb\nc!", "a [2Jb c!")]
    [InlineData("with a page", "HTTP/1.1 400 No\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\n<b>", "answers 400")]
    public async Task Refusal_IsPassedOn_WithoutWhatTerminalsObey(string row, string text, string expected)
    {
        await using var server = Serve(_ => text);
        await using var client = HttpLoopback.Connect(server.EndPoint);
        var refusal = (await client.ExchangeAsync(Request, Cancel)).Refusal!;
        Assert.True(refusal.EndsWith(expected, StringComparison.Ordinal), $"{row}: {refusal}");
    }

    [Theory]
    [InlineData("no number", "HTTP/1.1 200 OK\r\nContent-Type: application/pkixcmp\r\nContent-Length: 2\r\n\r\n0\0")]
    [InlineData("a negative one", "HTTP/1.1 200 OK\r\nContent-Type: application/pkixcmp\r\nCki-Announcement: -1\r\nContent-Length: 2\r\n\r\n0\0")]
    [InlineData("two", "HTTP/1.1 200 OK\r\nContent-Type: application/pkixcmp\r\nCki-Announcement: 1\r\nCki-Announcement: 2\r\nContent-Length: 2\r\n\r\n0\0")]
    [InlineData("taken", "HTTP/1.1 202 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("a refusal", "HTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n")]
    public async Task AnnouncementWithoutANumber_IsAViolation(string row, string text)
    {
        await using var server = Serve(_ => text);
        await using var client = HttpLoopback.Connect(server.EndPoint);
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.NextAnnouncementAsync(false, Cancel));
        Assert.True(exception.Fault == CkiTransportFault.Violation, $"{row}: {exception}");
    }

    [Fact]
    public async Task Acknowledgement_IsRepeated_UntilItsAnswerCame_AndNotAfterwards()
    {
        var asked = new List<string>();
        var number = 0;
        await using var server = new RawServer(async (stream, _) =>
        {
            asked.Add((await ReadRequestAsync(stream)).Split(' ')[1]);
            var answer = ++number switch
            {
                1 => "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/pkixcmp\r\nCki-Announcement: 7\r\nContent-Length: 2\r\n\r\n0\0",
                2 => "HTTP/1.1 2", // lost
                _ => "HTTP/1.1 204 No\r\nConnection: close\r\n\r\n",
            };
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), Cancel);
        });
        await using var client = HttpLoopback.Connect(server.EndPoint);
        Assert.NotNull(await client.NextAnnouncementAsync(false, Cancel));
        await Assert.ThrowsAsync<CkiTransportException>(async () => await client.NextAnnouncementAsync(true, Cancel));
        Assert.Null(await client.NextAnnouncementAsync(true, Cancel));
        Assert.Null(await client.NextAnnouncementAsync(true, Cancel));
        Assert.Equal(["0", "7", "7", "0"], asked.Select(path => path.Split('=')[1]));
    }

    [Fact]
    public async Task CookiesAndRedirections_LeadNowhere()
    {
        var requests = new List<string>();
        await using var server = new RawServer(async (stream, _) =>
        {
            requests.Add(await ReadRequestAsync(stream));
            await stream.WriteAsync(Encoding.Latin1.GetBytes(Good.Replace("\r\nContent-Type", "\r\nSet-Cookie: a=b\r\nContent-Type", StringComparison.Ordinal)), Cancel);
        });
        await using var client = HttpLoopback.Connect(server.EndPoint);
        for (var i = 0; i < 2; i++) Assert.NotNull((await client.ExchangeAsync(Request, Cancel)).Message);
        Assert.Equal(2, requests.Count);
        Assert.All(requests, request => Assert.DoesNotContain("Cookie", request, StringComparison.OrdinalIgnoreCase));
        Assert.All(requests, request => Assert.DoesNotContain("User-Agent", request, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task SlowAnswer_TimesOut_AndTheNextCallWorks()
    {
        await using var server = new RawServer(async (stream, number) =>
        {
            await ReadRequestAsync(stream);
            if (number > 1) await stream.WriteAsync(Encoding.Latin1.GetBytes(Good), Cancel);
            else await RawServer.WaitForEndAsync(stream);
        });
        await using var client = HttpLoopback.Connect(server.EndPoint, options => options with { AnswerTimeout = TimeSpan.FromSeconds(3) });
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.Equal(CkiTransportFault.TimedOut, exception.Fault);
        Assert.Equal(Answer, (await AnsweredAsync(client)).Message!.Value.ToArray());
    }

    [Fact]
    public async Task AnswerOctetByOctet_IsRead_WithinItsTime()
    {
        await using var server = new RawServer(async (stream, _) =>
        {
            await ReadRequestAsync(stream);
            foreach (var octet in Encoding.Latin1.GetBytes(Good)) await stream.WriteAsync(new[] { octet }, Cancel);
        });
        await using var client = HttpLoopback.Connect(server.EndPoint);
        Assert.Equal(Answer, (await client.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
    }

    [Fact]
    public async Task SlowHandshake_TimesOut()
    {
        using var silent = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var client = HttpLoopback.Connect((IPEndPoint)silent.LocalEndpoint, options => options with { ConnectTimeout = TimeSpan.FromMilliseconds(300) });
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.Equal(CkiTransportFault.TimedOut, exception.Fault);
    }

    [Fact]
    public async Task NobodyThere_IsUnreachable_UntilSomebodyIs()
    {
        int port;
        using (var reserved = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            reserved.Start();
            port = ((IPEndPoint)reserved.LocalEndpoint).Port;
        }

        var address = new IPEndPoint(IPAddress.Loopback, port);
        await using var client = HttpLoopback.Connect(address);
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.Equal(CkiTransportFault.Unreachable, exception.Fault);
        await using var listener = await HttpLoopback.ListenAsync(new ScriptedParty(), options => options with { EndPoint = address });
        Assert.NotNull((await client.ExchangeAsync(Request, Cancel)).Message);
    }

    [Fact]
    public async Task FaultOfTheParty_IsSaid_WithoutItsReason_AndTheNextCallWorks()
    {
        var calls = 0;
        var party = new ScriptedParty { Results = _ => ++calls == 1 ? throw new InvalidOperationException("disk full") : new HandlingResult.Answer(Answer) };
        await using var listener = await HttpLoopback.ListenAsync(party);
        await using var client = HttpLoopback.Connect(listener.EndPoint);
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.Equal(CkiTransportFault.Unreachable, exception.Fault);
        Assert.DoesNotContain("disk full", exception.ToString(), StringComparison.Ordinal);
        Assert.Equal(Answer, (await client.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
    }

    [Fact]
    public async Task Exchange_Rejects_WhatIsTooLarge_AndAClosedTransport()
    {
        var client = HttpLoopback.Connect(new IPEndPoint(IPAddress.Loopback, 9), options => options with { MessageLimit = 16 });
        await Assert.ThrowsAsync<ArgumentException>(async () => await client.ExchangeAsync(new byte[17], Cancel));
        await client.DisposeAsync();
        await client.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await client.ExchangeAsync(Request, Cancel));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("https://user:password@127.0.0.1")]
    [InlineData("https://127.0.0.1/?a=b")]
    [InlineData("https://127.0.0.1/#a")]
    [InlineData("ftp://127.0.0.1")]
    public void Transport_Rejects_AnAddressThatIsNone(string address) =>
        Assert.Throws<ArgumentException>(() => HttpLoopback.Connect(new IPEndPoint(IPAddress.Loopback, 9), options => options with { Address = new Uri(address) }));

    // On a busy machine the time may be over before the answer is there that is on its way.
    private static async Task<TransportAnswer> AnsweredAsync(HttpCkiTransport client)
    {
        while (true)
        {
            try
            {
                return await client.ExchangeAsync(Request, Cancel);
            }
            catch (CkiTransportException exception) when (exception.Fault == CkiTransportFault.TimedOut)
            {
                // Once more.
            }
        }
    }

    // Reads one request for each connection, answers it, says that it closes, and does.
    private static RawServer Serve(Func<int, string> answer) => new(async (stream, number) =>
    {
        await ReadRequestAsync(stream);
        var text = answer(number);
        var line = text.IndexOf("\r\n", StringComparison.Ordinal) + 2;
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text.Contains("Connection: close", StringComparison.Ordinal) ? text : $"{text[..line]}Connection: close\r\n{text[line..]}"), Cancel);
    });

    private static async Task<string> ReadRequestAsync(Stream stream)
    {
        var (read, octet) = (new StringBuilder(), new byte[1]);
        while (!read.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(octet, Cancel) > 0) read.Append((char)octet[0]);
        if (read.ToString().StartsWith("POST", StringComparison.Ordinal)) await stream.ReadExactlyAsync(new byte[Request.Length], Cancel);
        return read.ToString();
    }
}
