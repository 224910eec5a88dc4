using System.Buffers.Binary;
using System.Net.Security;
using System.Security.Authentication;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Kestrel.Tests.Tcp;
using CkiSdk.Transports.Tcp;

namespace CkiSdk.Cli.Tests.Hosting;

/// <summary>Throws bad input at a CMA with its SQLite store behind TCP and TLS; each gets its clear error, and afterwards A1 still gets his certificate.</summary>
public sealed class FullStackTests : IAsyncLifetime
{
    private TestDomain _domain = null!;
    private CmaHost _cma = null!;
    private System.Net.IPEndPoint _server = null!;

    public static TheoryData<string, string, string> BadFrames => new()
    {
        { "a frame of length 0", "00000000", "The frame has length 0" },
        { "a frame of 2 GiB", "7FFFFFFF 00", "The frame has 2147483647 octets; at most 1048576 are accepted." },
        { "one octet above the limit", "00100001 00", "The frame has 1048577 octets; at most 1048576 are accepted." },
        { "a flag that there is not", "00000002 07 00", "No frame has the flag 07." },
        { "a flag that only servers use", "00000002 05 30", "A client sends pkiMsg or pollReq, not flag 05." },
        { "a pkiMsg without a message", "00000001 00", "The frame carries no message." },
        { "a pollReq that is too short", "00000003 02 0000", "A pollReq has 4 octets of value, not 2." },
        { "a pollReq for nothing", "00000005 02 00000009", "Nothing waits under reference 9." },
        { "no DER", "00000005 00 FFFFFFFF", "PKIMessage" },
        { "a length that lies upwards", "00000005 00 30820100", "PKIMessage: " },
        { "an indefinite length", "00000005 00 30800000", "PKIMessage: " },
        { "a SEQUENCE of nothing", "00000003 00 3000", "PKIMessage.header: " },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _domain = await TestDomain.CreateAsync();
        _cma = await _domain.OpenAsync();
        _server = await _cma.ListenAsync("127.0.0.1:0", Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _cma.DisposeAsync();
        _domain.Dispose();
    }

    [Theory]
    [MemberData(nameof(BadFrames))]
    public async Task Frame_Is_RefusedInWords(string description, string hex, string words)
    {
        await using (var client = await RawClient.AuthenticateAsync(_server, _domain.A1.Tls))
        {
            await client.SendAsync(hex);
            await AssertErrorAsync(client, words, description);
        }

        await _domain.AssertServesAsync(_server);
    }

    [Fact]
    public async Task TruncatedFrame_Ends_TheConnection()
    {
        var whole = Frame(TestDomain.Request(TestDomain.A1Name).Encode());
        foreach (var length in new[] { 1, 4, 5, 20, whole.Length - 1 })
        {
            await using var client = await RawClient.AuthenticateAsync(_server, _domain.A1.Tls);
            await client.SendAsync(whole[..length]);
            await ((SslStream)client.Stream).ShutdownAsync();
            await client.AssertClosedAsync();
        }

        await _domain.AssertServesAsync(_server);
    }

    [Fact]
    public async Task FrameLength_ThatLies_CutsTheMessage()
    {
        var frame = Frame(TestDomain.Request(TestDomain.A1Name).Encode());
        BinaryPrimitives.WriteInt32BigEndian(frame, BinaryPrimitives.ReadInt32BigEndian(frame) - 10);
        await using (var client = await RawClient.AuthenticateAsync(_server, _domain.A1.Tls))
        {
            await client.SendAsync(frame);
            await AssertErrorAsync(client, "PKIMessage: ", "a length that is too small");
        }

        await _domain.AssertServesAsync(_server);
    }

    [Fact]
    public async Task NestingBomb_Is_RefusedInWords()
    {
        await using (var client = await RawClient.AuthenticateAsync(_server, _domain.A1.Tls))
        {
            await client.SendAsync(Frame(Bomb(200_000)));
            await AssertErrorAsync(client, "more than 64 levels of nesting", "a nesting bomb");
        }

        await _domain.AssertServesAsync(_server);
    }

    [Fact]
    public async Task Body_ThatIsNotServed_IsRefusedInWords()
    {
        var message = TestDomain.Message(TestDomain.A1Name, new PKIBody.CkiTrr(new CKITlcmaReqContent { ReqLocalIK = true }));
        await AssertRefusedAsync(message, "body: this CMA does not serve CkiTrr (CKI Part 2 ¶16).");
    }

    [Fact]
    public async Task Version_OfCmp_IsRefusedInWords()
    {
        var message = TestDomain.Request(TestDomain.A1Name);
        await AssertRefusedAsync(message with { Header = message.Header with { Pvno = new PKIHeaderPvno(2) } }, "pvno: 2 is not served here");
    }

    [Fact]
    public Task UnknownUser_Is_Rejected() =>
        AssertRejectedAsync(_domain.Stranger, TestDomain.Request(TestDomain.StrangerName), PKIFailureInfo.UnauthorisedAccess, "is not known here");

    [Fact]
    public Task ForeignUser_InTheRequest_IsRejected() =>
        AssertRejectedAsync(_domain.Stranger, TestDomain.Request(TestDomain.StrangerName, TestDomain.A1Name), PKIFailureInfo.UnauthorisedAccess, "is not known here");

    [Fact]
    public Task ForeignSender_InTheHeader_IsRejected() =>
        AssertRejectedAsync(_domain.Stranger, TestDomain.Request(TestDomain.A1Name), PKIFailureInfo.UnauthorisedAccess, "header.sender");

    [Fact]
    public Task ForeignDomain_InTheRequest_IsRejected() => AssertRejectedAsync(
        _domain.A1, TestDomain.Request(TestDomain.A1Name, DistinguishedName.Parse("CN=User B1,O=Domain B,C=GB")), PKIFailureInfo.UnauthorisedAccess, "is not the sender");

    [Fact]
    public Task Validity_OfThePast_IsRejected() => AssertRejectedAsync(
        _domain.A1,
        TestDomain.Request(TestDomain.A1Name, start: DateTimeOffset.UtcNow.AddDays(-20), end: DateTimeOffset.UtcNow.AddDays(-10)),
        PKIFailureInfo.InvalidRequestParameters,
        "has passed");

    [Fact]
    public async Task ClientWithoutCertificate_IsNotLetIn()
    {
        try
        {
            await using var client = await RawClient.AuthenticateAsync(_server, certificate: null);
            await client.SendAsync(Frame(TestDomain.Request(TestDomain.A1Name).Encode()));
            await client.AssertClosedAsync();
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            // TLS 1.3 tells the client of it at his first read or write; which one is a matter of time.
        }

        await _domain.AssertServesAsync(_server);
    }

    [Fact]
    public async Task SilentConnections_Keep_NobodyOut()
    {
        // A process of its own, so that the descriptors of both sides do not add up.
        await _cma.DisposeAsync();
        await using var cma = await CmaProcess.StartAsync(_domain.Path);
        var silent = new List<RawClient>();
        try
        {
            for (var i = 0; i < LongRun.Count(1_000, 10_000); i++) silent.Add(await RawClient.ConnectAsync(cma.EndPoint));
            await _domain.AssertServesAsync(cma.EndPoint);
        }
        finally
        {
            foreach (var client in silent) await client.DisposeAsync();
        }

        await _domain.AssertServesAsync(cma.EndPoint);
        Assert.Equal(0, await cma.StopAsync());
        _cma = await _domain.OpenAsync();
    }

    private async Task AssertRefusedAsync(PKIMessage message, string words)
    {
        await using (var client = await RawClient.AuthenticateAsync(_server, _domain.A1.Tls))
        {
            await client.SendAsync(Frame(message.Encode()));
            await AssertErrorAsync(client, words, words);
            await client.AssertClosedAsync();
        }

        await _domain.AssertServesAsync(_server);
    }

    private async Task AssertRejectedAsync(TlsIdentity sender, PKIMessage message, PKIFailureInfo failure, string words)
    {
        await using (var client = _domain.Connect(_server, sender))
        {
            var answer = PKIMessage.Decode((await client.ExchangeAsync(message.Encode(), Cancel)).Message!.Value);
            var content = Assert.IsType<PKIBody.CkiSCrp>(answer.Body).Value;
            Assert.Equal((PKIStatus.Rejection, failure), (content.Status.Status, content.Status.FailInfo));
            Assert.Null(content.SendCertificate);
            Assert.Contains(words, FreeText.Read(answer.Header.FreeText), StringComparison.Ordinal);
        }

        await _domain.AssertServesAsync(_server);
    }

    private static async Task AssertErrorAsync(RawClient client, string words, string description)
    {
        var error = Assert.IsType<TcpFrame.ErrorMsgRep>(await client.ReadAsync());
        Assert.True(error.Text.Contains(words, StringComparison.Ordinal), $"{description}: {error.Text}");
    }

    private static byte[] Frame(byte[] message)
    {
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, 1 + message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    // A PKIMessage whose header goes on, behind pvno, as SEQUENCEs in SEQUENCEs, each with its right length.
    private static byte[] Bomb(int depth)
    {
        var content = new Stack<byte>();
        for (var i = 0; i < depth; i++) Enclose(content);
        foreach (var octet in new byte[] { 20, 1, 2 }) content.Push(octet);
        Enclose(content);
        Enclose(content);
        return [.. content];
    }

    private static void Enclose(Stack<byte> content)
    {
        var (length, count) = (content.Count, 0);
        if (length < 0x80)
        {
            content.Push((byte)length);
        }
        else
        {
            for (; length > 0; length >>= 8, count++) content.Push((byte)length);
            content.Push((byte)(0x80 | count));
        }

        content.Push(0x30);
    }
}
