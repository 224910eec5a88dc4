using System.Net;
using System.Text;
using CkiSdk.Protocol;
using CkiSdk.Transports.Http;
using CkiSdk.Transports.Kestrel.Http;
using CkiSdk.Transports.Kestrel.Tests.Tcp;
using CkiSdk.Transports.Tests.Contract;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Transports.Kestrel.Tests.Http;

/// <summary>Starts listeners and makes clients of the HTTP transport on loopback, with the usual certificates.</summary>
internal static class HttpLoopback
{
    private static readonly byte[] Request = [0x30, 0x03, 0x02, 0x01, 0x07];

    public static Task<HttpListenerHost> ListenAsync(IMessageHandler party, Func<HttpListenerOptions, HttpListenerOptions>? change = null)
    {
        var options = new HttpListenerOptions { EndPoint = new IPEndPoint(IPAddress.Loopback, 0), Certificate = TestAuthority.Server, Clients = Loopback.Trust };
        return HttpListenerHost.StartAsync(party, change is null ? options : change(options), TestContext.Current.CancellationToken);
    }

    public static HttpTransportOptions ClientOptions(IPEndPoint server) => new()
    {
        Address = new Uri($"https://{server}"),
        Certificate = TestAuthority.Client,
        Server = new PeerTrust([TestAuthority.Trusted.Anchor], TestAuthority.ServerName),
    };

    public static HttpCkiTransport Connect(IPEndPoint server, Func<HttpTransportOptions, HttpTransportOptions>? change = null) =>
        new(change is null ? ClientOptions(server) : change(ClientOptions(server)));

    /// <summary>Asserts that a new client of the listener gets its answer.</summary>
    public static async Task AssertServesAsync(IPEndPoint server)
    {
        await using var client = Connect(server);
        var answer = await client.ExchangeAsync(Request, TestContext.Current.CancellationToken);
        Assert.Equal(ScriptedParty.Reverse(Request), answer.Message!.Value.ToArray());
    }

    /// <summary>Sends text as it is, or octets behind it, and reads until the server closes.</summary>
    public static async Task<string> TalkAsync(IPEndPoint server, string text, byte[]? octets = null)
    {
        await using var client = await RawClient.AuthenticateAsync(server);
        await SendQuietlyAsync(client, [.. Encoding.Latin1.GetBytes(text), .. octets ?? []]);
        return await ReadToEndAsync(client);
    }

    public static async Task<string> ReadToEndAsync(RawClient client)
    {
        var (read, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            int count;
            while ((count = await client.Stream.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0) read.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        catch (IOException)
        {
            // A reset ends it as well.
        }

        return read.ToString();
    }

    // The server may have answered and closed before it has all.
    private static async Task SendQuietlyAsync(RawClient client, byte[] octets)
    {
        try
        {
            await client.SendAsync(octets);
        }
        catch (IOException)
        {
            // What it said is read all the same.
        }
    }
}
