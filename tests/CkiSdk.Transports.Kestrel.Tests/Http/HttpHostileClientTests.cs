using System.Globalization;
using System.Text;
using CkiSdk.Protocol;
using CkiSdk.Transports.Http;
using CkiSdk.Transports.Kestrel.Tests.Tcp;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Kestrel.Tests.Http;

/// <summary>Clients that break the rules, are slow or take too much; the listener goes on serving all others.</summary>
public sealed class HttpHostileClientTests
{
    private const string Post = "POST /.well-known/cmp/p/cki HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    private const string Typed = Post + "Content-Type: application/pkixcmp\r\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Requests, and the states with which they may be answered; 0 is a connection that ends without an answer.</summary>
    public static TheoryData<string, string, int[]> Requests => new()
    {
        { "what is good", Typed + "Content-Length: 2\r\n\r\n0\u0000", [200] },
        { "parameters of the type", Post + "Content-Type: Application/PkixCmp; a=b\r\nContent-Length: 2\r\n\r\n0\u0000", [200] },
        { "chunks", Typed + "Transfer-Encoding: chunked\r\n\r\n1\r\n0\r\n1;x=y\r\n\u0000\r\n0\r\n\r\n", [200] },
        { "HTTP/1.0", "POST /.well-known/cmp/p/cki HTTP/1.0\r\nContent-Type: application/pkixcmp\r\nContent-Length: 2\r\n\r\n0\u0000", [200] },
        { "a length behind which more follows", Typed + "Content-Length: 2\r\n\r\n0\u0000GET / HTTP/1.1\r\n\r\n", [200] },
        { "a path with dots", Typed.Replace("cki HTTP", "cki/../%63ki HTTP", StringComparison.Ordinal) + "Content-Length: 2\r\n\r\n0\u0000", [200] },
        { "PUT", Typed.Replace("POST", "PUT", StringComparison.Ordinal) + "Content-Length: 2\r\n\r\n0\u0000", [405] },
        { "DELETE", "DELETE /.well-known/cmp/p/cki HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", [405] },
        { "HEAD", "HEAD /.well-known/cmp/p/cki HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", [405] },
        { "OPTIONS", "OPTIONS /.well-known/cmp/p/cki HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", [405] },
        { "TRACE", "TRACE /.well-known/cmp/p/cki HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", [405] },
        { "a method that nobody knows", "MAKE /.well-known/cmp/p/cki HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", [405] },
        { "a method in small letters", Typed.Replace("POST", "post", StringComparison.Ordinal) + "Content-Length: 2\r\n\r\n0\u0000", [200, 405] },
        { "CONNECT", "CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\nConnection: close\r\n\r\n", [400, 404, 405] },
        { "another path", "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", [404] },
        { "another party", Typed.Replace("/cki ", "/other ", StringComparison.Ordinal) + "Content-Length: 2\r\n\r\n0\u0000", [404] },
        { "a path below", Typed.Replace("/cki ", "/cki/etc/passwd ", StringComparison.Ordinal) + "Content-Length: 2\r\n\r\n0\u0000", [404] },
        { "a path that climbs", Typed.Replace("/.well-known/cmp/p/cki", "/../../../etc/passwd", StringComparison.Ordinal) + "Content-Length: 2\r\n\r\n0\u0000", [400, 404] },
        { "a path with NUL", Typed.Replace("/cki ", "/cki%00 ", StringComparison.Ordinal) + "Content-Length: 2\r\n\r\n0\u0000", [400, 404] },
        { "a path with bad percents", Typed.Replace("/cki ", "/cki%zz ", StringComparison.Ordinal) + "Content-Length: 2\r\n\r\n0\u0000", [400, 404] },
        { "no type", Post + "Content-Length: 2\r\n\r\n0\u0000", [415] },
        { "another type", Post + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n0\u0000", [415] },
        { "a type that is none", Post + "Content-Type: ,;/\r\nContent-Length: 2\r\n\r\n0\u0000", [415] },
        { "two types", Typed + "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n0\u0000", [400, 415] },
        { "an encoding", Typed + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n0\u0000", [415] },
        { "nothing", Typed + "Content-Length: 0\r\n\r\n", [400] },
        { "neither length nor chunks", Typed + "\r\n", [400, 411] },
        { "a negative length", Typed + "Content-Length: -1\r\n\r\n", [400] },
        { "a length in words", Typed + "Content-Length: two\r\n\r\n0\u0000", [400] },
        { "a length with a sign", Typed + "Content-Length: +2\r\n\r\n0\u0000", [200, 400] },
        { "a length beyond 2^63", Typed + "Content-Length: 99999999999999999999\r\n\r\n0\u0000", [400] },
        { "two lengths", Typed + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n0\u0000\u0000", [400] },
        { "a length above the limit", Typed + "Content-Length: 1048577\r\n\r\n", [413] },
        { "the greatest length", Typed + "Content-Length: 9223372036854775807\r\n\r\n", [413] },
        { "a chunk without a size", Typed + "Transfer-Encoding: chunked\r\n\r\nx\r\n0\r\n", [400] },
        { "a chunk of a negative size", Typed + "Transfer-Encoding: chunked\r\n\r\n-1\r\n0\r\n", [400] },
        { "a chunk of a huge size", Typed + "Transfer-Encoding: chunked\r\n\r\n7FFFFFFFF\r\n0\r\n", [0, 400, 413] },
        { "a chunk that is longer than it says", Typed + "Transfer-Encoding: chunked\r\n\r\n1\r\n0000\r\n0\r\n\r\n", [400] },
        { "an unknown transfer encoding", Typed + "Transfer-Encoding: gzip\r\n\r\n0\u0000", [400, 501] },
        { "no host", "POST /.well-known/cmp/p/cki HTTP/1.1\r\nContent-Length: 0\r\n\r\n", [400] },
        { "two hosts", Typed + "Host: y\r\nContent-Length: 2\r\n\r\n0\u0000", [400] },
        { "a header without a name", Typed + ": x\r\nContent-Length: 2\r\n\r\n0\u0000", [400] },
        { "a header on two lines", Typed + "X: a\r\n b\r\nContent-Length: 2\r\n\r\n0\u0000", [200, 400] },
        { "a header with NUL", Typed + "X: a\u0000b\r\nContent-Length: 2\r\n\r\n0\u0000", [400] },
        { "many headers", Typed + string.Concat(Enumerable.Range(0, 60).Select(number => $"X-{number}: y\r\n")) + "Content-Length: 2\r\n\r\n0\u0000", [431] },
        { "a long header", Typed + $"X: {new string('y', 20_000)}\r\nContent-Length: 2\r\n\r\n0\u0000", [431] },
        { "a long line", $"POST /{new string('x', 5_000)} HTTP/1.1\r\nHost: x\r\n\r\n", [414] },
        { "an unknown version", "POST /.well-known/cmp/p/cki HTTP/9.9\r\nHost: x\r\n\r\n", [505] },
        { "HTTP/2 where 1.1 was agreed", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [0, 400, 505] },
        { "a frame of the TCP transport", "\u0000\u0000\u0000\u0003\u00000\u0000", [0, 400] },
        { "TLS inside of TLS", "\u0016\u0003\u0001\u0000\u00ff\u0001\r\n\r\n", [0, 400] },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_IsAnswered_AsItShould_AndTheNextClientIsServed(string row, string text, int[] expected)
    {
        var party = new ScriptedParty();
        await using var listener = await HttpLoopback.ListenAsync(party);
        await using (var client = await RawClient.AuthenticateAsync(listener.EndPoint))
        {
            await client.SendAsync(Encoding.Latin1.GetBytes(text));
            if (expected.Contains(0)) client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            var answer = await HttpLoopback.ReadToEndAsync(client);
            var status = answer.StartsWith("HTTP/1.", StringComparison.Ordinal) ? int.Parse(answer[9..12], CultureInfo.InvariantCulture) : 0;
            Assert.True(expected.Contains(status), $"{row}: {status}, {answer}");
            Assert.Equal(status == 200, !party.Received.IsEmpty);
            if (status == 405) Assert.Contains("Allow: GET, POST", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("Server:", answer, StringComparison.OrdinalIgnoreCase);
        }

        await HttpLoopback.AssertServesAsync(listener.EndPoint);
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("?after=0", 200)]
    [InlineData("?after=1", 200)]
    [InlineData("?before=1", 200)]
    [InlineData("?after=9223372036854775807", 200)]
    [InlineData("?after=9223372036854775808", 400)]
    [InlineData("?after=99999999999999999999999999999999", 400)]
    [InlineData("?after=", 400)]
    [InlineData("?after", 400)]
    [InlineData("?after=-1", 400)]
    [InlineData("?after=%2B1", 400)]
    [InlineData("?after=+1", 400)]
    [InlineData("?after=1.5", 400)]
    [InlineData("?after=1e3", 400)]
    [InlineData("?after=0x1", 400)]
    [InlineData("?after=%D9%A3", 400)]
    [InlineData("?after=1%00", 400)]
    [InlineData("?after=1&after=2", 400)]
    [InlineData("?after=' OR 1=1", 400)]
    public async Task After_IsANumber_ThatWasGivenOut(string query, int expected)
    {
        var party = new ScriptedParty();
        party.Announce(0x30, 0x01);
        party.Announce(0x30, 0x02);
        await using var listener = await HttpLoopback.ListenAsync(party);
        var answer = await HttpLoopback.TalkAsync(listener.EndPoint, $"GET /.well-known/cmp/p/cki{query.Replace(" ", "%20", StringComparison.Ordinal)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {expected} ", answer, StringComparison.Ordinal);
        if (expected == 200) Assert.Contains($"Cki-Announcement: {(query == "?after=1" ? 2 : 1)}\r\n", answer, StringComparison.Ordinal);

        // Nothing was lost but what was taken.
        await using var client = HttpLoopback.Connect(listener.EndPoint);
        Assert.Equal([0x30, (byte)(query == "?after=1" ? 2 : 1)], (await client.NextAnnouncementAsync(false, Cancel))!.Octets.ToArray());
    }

    [Fact]
    public async Task TooManyChunks_AreTooLarge()
    {
        var party = new ScriptedParty();
        await using var listener = await HttpLoopback.ListenAsync(party, options => options with { MessageLimit = 10_000 });
        var chunks = string.Concat(Enumerable.Repeat($"3e8\r\n{new string('x', 1000)}\r\n", 11));
        Assert.StartsWith("HTTP/1.1 413 ", await HttpLoopback.TalkAsync(listener.EndPoint, $"{Typed}Transfer-Encoding: chunked\r\n\r\n{chunks}0\r\n\r\n"), StringComparison.Ordinal);
        Assert.Empty(party.Received);
        var fits = string.Concat(Enumerable.Repeat($"3e8\r\n{new string('x', 1000)}\r\n", 10));
        Assert.StartsWith("HTTP/1.1 200 ", await HttpLoopback.TalkAsync(listener.EndPoint, $"{Typed}Transfer-Encoding: chunked\r\n\r\n{fits}0\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal(10_000, Assert.Single(party.Received).Octets.Length);
    }

    [Theory]
    [InlineData("the header", "POST /.well-known/cmp/p/cki HTTP/1.1\r\nHost: x\r\nX: ")]
    [InlineData("the message", Typed + "Content-Length: 100000\r\n\r\n")]
    [InlineData("chunks", Typed + "Transfer-Encoding: chunked\r\n\r\n")]
    public async Task SlowRequest_IsEnded(string row, string begin)
    {
        var party = new ScriptedParty();
        await using var listener = await HttpLoopback.ListenAsync(party, options => options with { HeaderTimeout = TimeSpan.FromSeconds(1), MessageTimeout = TimeSpan.FromSeconds(1) });
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint);
        var ended = HttpLoopback.ReadToEndAsync(client);
        try
        {
            await client.SendAsync(Encoding.Latin1.GetBytes(begin));
            for (var i = 0; i < 1000 && !ended.IsCompleted; i++)
            {
                await client.SendAsync(row == "chunks" ? "1\r\nx\r\n"u8.ToArray() : "x"u8.ToArray());
                await Task.Delay(20, Cancel);
            }
        }
        catch (IOException)
        {
            // The listener has closed.
        }

        Assert.Contains(" 408 ", await ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel), StringComparison.Ordinal);
        Assert.Empty(party.Received);
        await HttpLoopback.AssertServesAsync(listener.EndPoint);
    }

    [Fact]
    public async Task Silence_EndsTheConnection()
    {
        await using var listener = await HttpLoopback.ListenAsync(new ScriptedParty(), options => options with { IdleTimeout = TimeSpan.FromMilliseconds(300) });
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint);
        await client.AssertClosedAsync();
        await HttpLoopback.AssertServesAsync(listener.EndPoint);
    }

    [Fact]
    public async Task RequestSentTwice_IsHandledTwice_AndAnsweredTwice()
    {
        // That it comes to one thing is the party's doing (profile section 4, exactly once).
        var party = new ScriptedParty();
        await using var listener = await HttpLoopback.ListenAsync(party);
        var answer = await HttpLoopback.TalkAsync(
            listener.EndPoint,
            Typed.Replace("Connection: close\r\n", "", StringComparison.Ordinal) + "Content-Length: 2\r\n\r\n0\u0000" + Typed + "Content-Length: 2\r\n\r\n0\u0000");
        Assert.Equal(3, answer.Split("HTTP/1.1 200 OK").Length);
        Assert.Equal(2, party.Received.Count);
    }

    [Fact]
    public async Task Requests_OfOneClient_AreLimited_UntilOneIsAnswered()
    {
        var (release, handling) = (new TaskCompletionSource(), new TaskCompletionSource());
        var party = new ScriptedParty();
        party.Script = async (message, cancel) =>
        {
            if (message.Octets.Length == 1) handling.TrySetResult();
            if (message.Octets.Length == 1) await release.Task.WaitAsync(cancel);
            return new HandlingResult.Answer(ScriptedParty.Reverse(message.Octets));
        };
        await using var listener = await HttpLoopback.ListenAsync(party, options => options with { RequestsPerClient = 1 });
        await using var client = HttpLoopback.Connect(listener.EndPoint);
        var slow = client.ExchangeAsync(new byte[] { 1 }, Cancel).AsTask();
        await handling.Task.WaitAsync(Cancel);
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(new byte[] { 1, 2 }, Cancel));
        Assert.Equal(CkiTransportFault.Unreachable, exception.Fault);
        Assert.Contains("429: You have too many requests", exception.Message, StringComparison.Ordinal);
        release.SetResult();
        await slow;
        Assert.NotNull((await client.ExchangeAsync(new byte[] { 1, 2 }, Cancel)).Message);
    }

    [Fact]
    public async Task Connections_OfOneClient_AreLimited()
    {
        await using var listener = await HttpLoopback.ListenAsync(new ScriptedParty(), options => options with { ConnectionsPerClient = 1 });
        await using var first = await RawClient.AuthenticateAsync(listener.EndPoint);
        await first.SendAsync(Encoding.Latin1.GetBytes($"GET {HttpMapping.Path} HTTP/1.1\r\nHost: x\r\n\r\n"));
        Assert.True(await first.Stream.ReadAsync(new byte[1], Cancel) == 1);
        await using var second = await RawClient.AuthenticateAsync(listener.EndPoint);
        await second.AssertClosedAsync();
    }
}
