using System.Net;
using System.Net.Sockets;
using System.Text;
using CkiSdk.TestSupport;
using CkiSdk.TestSupport.Mail;
using CkiSdk.Transports.Mail.Accounts;
using CkiSdk.Transports.Mail.Servers;
using CkiSdk.Transports.Tests.Cms;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Mail.Tests.Servers;

/// <summary>Shows whom the transport takes for its mail server, what it tells whom, and what it does about slowness.</summary>
public sealed class MailConnectionTests(MailServersFixture servers)
{
    private static readonly byte[] Request = [0x30, 0x03, 0x02, 0x01, 0x05];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> Wrongs => new(
        from what in new[] { "authority", "system", "host", "password", "port" }
        from isOutgoing in new[] { true, false }
        select (what, isOutgoing));

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task Server_ThatIsNotTheRightOne_IsNotUsed(string what, bool isOutgoing)
    {
        var system = await servers.System;
        var options = MailServersFixture.Options(system, MailSystem.NewAddress("client"), await CmsParty.Client);
        MailServer Change(MailServer server) => what switch
        {
            "authority" => server with { Authorities = [TestAuthority.Foreign.Anchor] },
            "system" => server with { Authorities = [] },
            "host" => server with { Host = "127.0.0.1" },
            "password" => server with { Credentials = new NetworkCredential(options.Address, "wrong") },
            _ => server with { Port = FreePorts.Next() },
        };
        options = isOutgoing ? options with { Outgoing = Change(options.Outgoing) } : options with { Incoming = Change(options.Incoming) };
        var fault = await Assert.ThrowsAsync<CkiTransportException>(async () => await MailAccount.ProbeAsync(options.Outgoing, options.Incoming, cancellationToken: Cancel));
        Assert.Equal(what == "port" ? CkiTransportFault.Unreachable : CkiTransportFault.NotAuthenticated, fault.Fault);
        Assert.Contains((isOutgoing ? options.Outgoing : options.Incoming).Port.ToString(null as IFormatProvider), fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", fault.Message, StringComparison.Ordinal);
        await using var client = new MailAccount(options);
        await using var transport = new MailTransport(client, new MailTransportOptions { ServerAddress = MailSystem.NewAddress("server"), ServerCertificate = (await CmsParty.Server).EncryptionCertificate });
        Assert.Equal(fault.Fault, (await Assert.ThrowsAsync<CkiTransportException>(async () => await transport.ExchangeAsync(Request, Cancel))).Fault);
    }

    [Theory]
    [InlineData("220 hello\r\n", "250 localhost\r\n", true)]
    [InlineData("220 hello\r\n", "250-localhost\r\n250 AUTH PLAIN LOGIN\r\n", true)]
    [InlineData("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello\r\n", "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n$TAG OK\r\n", false)]
    [InlineData("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hello\r\n", "$TAG BAD\r\n", false)]
    public async Task Server_WithoutTls_LearnsNoPassword(string greeting, string answer, bool isOutgoing)
    {
        var system = await servers.System;
        var options = MailServersFixture.Options(system, MailSystem.NewAddress("client"), await CmsParty.Client);
        using var listener = new TcpListener(IPAddress.Loopback, FreePorts.Next());
        listener.Start();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var heard = ListenAsync(listener, greeting, answer, stop.Token);
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        options = isOutgoing ? options with { Outgoing = options.Outgoing with { Port = port } } : options with { Incoming = options.Incoming with { Port = port } };
        var fault = await Assert.ThrowsAsync<CkiTransportException>(async () => await MailAccount.ProbeAsync(options.Outgoing, options.Incoming, cancellationToken: Cancel));
        Assert.NotEqual(CkiTransportFault.TimedOut, fault.Fault);
        await stop.CancelAsync();
        var said = await heard;
        Assert.DoesNotContain("AUTH", said.ToUpperInvariant(), StringComparison.Ordinal);
        Assert.DoesNotContain("LOGIN", said.ToUpperInvariant(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_IsForThisMachineAlone()
    {
        var identity = await CmsParty.Client;
        MailServer Server(string host) => new() { Host = host, Port = 25, Security = MailSecurity.Plain };
        foreach (var host in new[] { "mail.example", "192.0.2.1", "localhost.example", "0.0.0.0" })
            Assert.Throws<ArgumentException>(() => new MailAccount(new MailAccountOptions { Address = "a@cki.test", Identity = identity, Outgoing = Server(host), Incoming = Server("localhost") }));
        await using var account = new MailAccount(new MailAccountOptions { Address = "a@cki.test", Identity = identity, Outgoing = Server("127.0.0.1"), Incoming = Server("::1") });
        Assert.Equal("a@cki.test", account.Address);
        Assert.Throws<ArgumentException>(() => new MailAccount(new MailAccountOptions { Address = "a", Identity = identity, Outgoing = Server("127.0.0.1"), Incoming = Server("::1") }));
    }

    [Theory]
    [InlineData("before its greeting", MailSecurity.StartTls, true)]
    [InlineData("in the handshake", MailSecurity.Tls, true)]
    [InlineData("before its greeting", MailSecurity.StartTls, false)]
    [InlineData("in the handshake", MailSecurity.Tls, false)]
    public async Task SilentServer_TimesOut(string when, MailSecurity security, bool isOutgoing)
    {
        Assert.NotEmpty(when);
        var system = await servers.System;
        var options = MailServersFixture.Options(system, MailSystem.NewAddress("client"), await CmsParty.Client);
        using var listener = new TcpListener(IPAddress.Loopback, FreePorts.Next());
        listener.Start();
        MailServer Silent(MailServer server) => server with { Port = ((IPEndPoint)listener.LocalEndpoint).Port, Timeout = TimeSpan.FromMilliseconds(300), Security = security };
        options = isOutgoing ? options with { Outgoing = Silent(options.Outgoing) } : options with { Incoming = Silent(options.Incoming) };
        Assert.Equal(CkiTransportFault.TimedOut, (await Assert.ThrowsAsync<CkiTransportException>(async () => await MailAccount.ProbeAsync(options.Outgoing, options.Incoming, cancellationToken: Cancel))).Fault);
    }

    // One line without an end, and lines without an end.
    [Theory]
    [InlineData("220 hello\r\n", "250-", true, MailboxProtocol.Imap)]
    [InlineData("220 hello\r\n", "250-SIZE 1\r\n", true, MailboxProtocol.Imap)]
    [InlineData("* OK hello\r\n", "* OK ", false, MailboxProtocol.Imap)]
    [InlineData("* OK hello\r\n", "* OK still there\r\n", false, MailboxProtocol.Imap)]
    [InlineData("* OK hello\r\n", "* 1 FETCH (BODY[] {2000000000}\r\n", false, MailboxProtocol.Imap)]
    [InlineData("+OK hello\r\n", "+OK ", false, MailboxProtocol.Pop3)]
    [InlineData("+OK hello\r\n", "+OK\r\nUIDL\r\n", false, MailboxProtocol.Pop3)]
    public async Task Server_ThatNeverEnds_FillsNoMemory(string greeting, string answer, bool isOutgoing, MailboxProtocol protocol)
    {
        using var listener = new TcpListener(IPAddress.Loopback, FreePorts.Next());
        listener.Start();
        var talking = TalkAsync(listener, greeting, answer);
        var hostile = new MailServer { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, Security = MailSecurity.Plain, ResponseLimit = 1 << 20, Credentials = new NetworkCredential("a", "b") };
        var fault = await Assert.ThrowsAsync<CkiTransportException>(async () =>
        {
            await using var office = new MailServers(hostile, hostile, protocol, folder: null);
            if (isOutgoing) await office.ProbeAsync(Cancel);
            else await (await office.OpenAsync(Cancel)).DisposeAsync();
        });
        Assert.Equal(CkiTransportFault.Cut, fault.Fault);
        Assert.Contains("without end", fault.Message, StringComparison.Ordinal);
        Assert.InRange(await talking, 1 << 20, 64 << 20); // what lies in the buffers of the system, too
    }

    private static async Task<string> ListenAsync(TcpListener listener, string greeting, string answer, CancellationToken cancellationToken)
    {
        var said = new StringBuilder();
        try
        {
            using var client = await listener.AcceptTcpClientAsync(cancellationToken);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(greeting), cancellationToken);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                said.AppendLine(line);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer.Replace("$TAG", line.Split(' ')[0], StringComparison.Ordinal)), cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // That was all.
        }

        return said.ToString();
    }

    // Greets, and says the same over and over once it is asked anything.
    private static async Task<long> TalkAsync(TcpListener listener, string greeting, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync(Cancel);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(greeting), Cancel);
        _ = await stream.ReadAsync(new byte[1000], Cancel);
        var octets = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(answer, 64 * 1024 / answer.Length)));
        var count = 0L;
        try
        {
            while (true)
            {
                await stream.WriteAsync(octets, Cancel);
                count += octets.Length;
            }
        }
        catch (IOException)
        {
            return count;
        }
    }
}
