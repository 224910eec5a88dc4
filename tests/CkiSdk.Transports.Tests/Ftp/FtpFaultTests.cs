using CkiSdk.Protocol;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Ftp;
using CkiSdk.Transports.Spool;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Tests.Ftp;

/// <summary>Shows what FTP servers cannot do that are hostile, slow or dead, and what becomes of messages whose handler dies.</summary>
public sealed class FtpFaultTests(FtpServers servers) : IClassFixture<FtpServers>
{
    private static readonly byte[] Request = [0x30, 0x03, 0x02, 0x01, 0x05];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("another protocol", "", "HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("preliminary replies without an end", "TYPE I", "110 wait\r\n110 wait\r\n110 wait\r\n110 wait\r\n110 wait\r\n110 wait\r\n110 wait\r\n110 wait\r\n110 wait\r\n110 wait\r\n110 wait\r\n")]
    [InlineData("no such user", "PASS secret", "530 no\r\n")]
    [InlineData("going away", "TYPE I", "421 bye\r\n")]
    [InlineData("a port that is none", "EPSV", "229 ok (|||99999|)\r\n")]
    [InlineData("a full disk at the end of a file", "after STOR", "452 no room\r\n")]
    [InlineData("a cut data connection", "after STOR", "426 cut\r\n")]
    [InlineData("half of a file", "SIZE", "213 2\r\n")]
    [InlineData("a name that cannot be given", "RNTO", "553 no\r\n")]
    public async Task Hostile_Replies_AreErrors(string description, string command, string reply)
    {
        await using var server = new ScriptedFtpServer((found, usual) => (command.Length == 0 ? found.Length == 0 : found.StartsWith(command, StringComparison.Ordinal)) ? reply : usual);
        await using var spool = new FtpSpool(Options(server));
        var exception = await Assert.ThrowsAsync<FtpException>(async () => await spool.SendAsync("m1", Request, Cancel));
        Assert.Contains(server.Commands.DefaultIfEmpty(""), found => found.StartsWith(command.Split(' ')[^1], StringComparison.Ordinal) || found.StartsWith(command, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(description);
    }

    [Fact]
    public async Task HostThatAReplyNames_IsNotConnectedTo()
    {
        await using var server = new ScriptedFtpServer((command, usual) => command == "EPSV" ? "500 unknown\r\n" : usual) { Listing = "m1.pki\r\n" };
        await using var spool = new FtpSpool(Options(server));
        Assert.Equal(["m1"], await spool.WaitingAsync(Cancel)); // over the loopback interface, and not 10.1.2.3
        Assert.Contains("PASV", server.Commands);
    }

    [Fact]
    public async Task Names_ThatLeadElsewhere_AreNone()
    {
        await using var server = new ScriptedFtpServer((_, usual) => usual) { Listing = "../../etc/shadow.pki\r\nin/m1.pki\n/etc/passwd\n..pki\n.hidden.pki\nm 2.pki\nm3.pki;rm\n..\n.\n-rf.pki\n" + new string('a', 300) + ".pki\n\r\n" };
        await using var spool = new FtpSpool(Options(server));
        Assert.Equal(["m1", "shadow"], await spool.WaitingAsync(Cancel)); // in the folder in, all of them
        await using (var claim = await spool.ClaimAsync("shadow", 100, Cancel)) Assert.Equal("half a"u8, claim!.Octets.Span);
        Assert.All(server.Commands, command => Assert.DoesNotContain("..", command, StringComparison.Ordinal));
        await using var hostile = new FtpSpool(Options(server) with { Folder = "a\r\nDELE b" });
        Assert.Contains("control characters", (await Assert.ThrowsAsync<FtpException>(async () => await hostile.WaitingAsync(Cancel))).Message, StringComparison.Ordinal);
    }

    // Whoever may write into the folder can make such files: two names that stand for one claim, and one that a server lists twice.
    [Fact]
    public async Task Claims_ThatAreListedTwice_EndNoListener()
    {
        await using var server = new ScriptedFtpServer((_, usual) => usual) { Listing = "m1.claim-0123456789abcdef-1\r\nm1.claim-0123456789abcdef-01\r\nm1.claim-0123456789abcdef-1\r\nm2.pki\r\n" };
        await using var spool = new FtpSpool(Options(server));
        Assert.Equal(["m2"], await spool.WaitingAsync(Cancel));
        Assert.Null(FtpClaimName.Of("m1.claim-0123456789abcdef-01"));
    }

    [Fact]
    public async Task Silence_TimesOut()
    {
        await using var server = new ScriptedFtpServer((command, usual) => command == "TYPE I" ? "" : usual);
        await using var spool = new FtpSpool(Options(server) with { Timeout = TimeSpan.FromMilliseconds(200) });
        var exception = await Assert.ThrowsAsync<FtpException>(async () => await spool.WaitingAsync(Cancel));
        Assert.Contains("took longer", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerWithoutTls_IsNotTalkedToInPlain()
    {
        await using var spool = new FtpSpool(servers.Plain.Options("x") with { UseTls = true });
        Assert.Contains("AUTH TLS", (await Assert.ThrowsAsync<FtpException>(async () => await spool.WaitingAsync(Cancel))).Message, StringComparison.Ordinal);
        await using var stranger = new FtpSpool(servers.Tls.Options("x") with { Authorities = [TestAuthority.Trusted.Certify(TestAuthority.ServerName)] });
        Assert.Contains("not the server that is expected", (await Assert.ThrowsAsync<FtpException>(async () => await stranger.WaitingAsync(Cancel))).Message, StringComparison.Ordinal);
        await using var injected = new ScriptedFtpServer((command, usual) => command == "AUTH TLS" ? "234 go\r\n230 injected\r\n" : usual);
        await using var early = new FtpSpool(Options(injected) with { UseTls = true });
        await Assert.ThrowsAsync<FtpException>(async () => await early.WaitingAsync(Cancel));
    }

    [Fact]
    public async Task ServerThatDies_AndComesBack_GoesOn()
    {
        await using var server = await VsftpdServer.StartAsync();
        var party = new ScriptedParty();
        await using var listener = await ServeAsync(party, server.Options("s"));
        await using var transport = Connect(server.Options("s"));
        Assert.NotNull((await transport.ExchangeAsync(Request, Cancel)).Message);
        await server.KillAsync();
        await Assert.ThrowsAsync<CkiTransportException>(async () => await transport.ExchangeAsync(Request, Cancel));
        await server.StartAgainAsync();
        TransportAnswer? answer = null;
        while (answer is null)
        {
            try
            {
                answer = await transport.ExchangeAsync(Request, Cancel);
            }
            catch (CkiTransportException)
            {
                // Connections from before end one after the other.
            }
        }

        Assert.Equal(ScriptedParty.Reverse(Request), answer.Message!.Value.ToArray());
    }

    [Fact]
    public async Task Message_IsHandledOnce_ByManyListeners()
    {
        var (party, options) = (new ScriptedParty(), servers.Plain.Options("many"));
        var listeners = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ServeAsync(party, options)));
        await using var transport = Connect(options);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async number =>
        {
            var answer = await transport.ExchangeAsync(BitConverter.GetBytes(number), Cancel);
            Assert.Equal(ScriptedParty.Reverse(BitConverter.GetBytes(number)), answer.Message!.Value.ToArray());
        }));
        foreach (var listener in listeners) await listener.DisposeAsync();
        Assert.Equal(Enumerable.Range(0, 40), party.Received.Select(message => BitConverter.ToInt32(message.Octets.Span)).Order());
    }

    [Fact]
    public async Task WhatADeadOwnerHolds_PassesToAnother_AndWhatALivingOneHolds_DoesNot()
    {
        var (options, party) = (servers.Plain.Options("owners") with { Lease = TimeSpan.FromSeconds(20) }, new ScriptedParty());
        var (started, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        party.Script = async (message, cancel) =>
        {
            started.TrySetResult();
            await finish.Task.WaitAsync(cancel);
            return new HandlingResult.Answer(message.Octets);
        };
        await using var listener = await ServeAsync(party, options);
        await using var other = await ServeAsync(party, options);
        await using var transport = Connect(options);
        var asking = transport.ExchangeAsync(Request, Cancel).AsTask();
        await started.Task;
        while (!Claims("owners").Any(claim => claim.Beat >= 2)) await Task.Delay(100, Cancel); // signs of life
        finish.SetResult();
        Assert.Equal(Request, (await asking).Message!.Value.ToArray());
        Assert.Single(party.Received);

        await File.WriteAllBytesAsync(servers.Plain.PathOf("owners/dead"), Request, Cancel);
        File.Move(servers.Plain.PathOf("owners/dead"), servers.Plain.PathOf("owners/in/dead.claim-0123456789abcdef-7"));
        await using var impatient = await ServeAsync(party, options with { Lease = TimeSpan.FromMilliseconds(300) });
        while (!File.Exists(servers.Plain.PathOf("owners/out/dead.pki"))) await Task.Delay(20, Cancel);
        Assert.Equal(2, party.Received.Count);
        while (Claims("owners").Any()) await Task.Delay(20, Cancel);
        Assert.True(File.Exists(servers.Plain.PathOf("owners/done/dead.pki")));
    }

    // Who was thought dead, and is not, learns of it and says nothing.
    [Fact]
    public async Task WhoLosesAMessage_Stops_AndDoesNotAnswer()
    {
        var options = servers.Plain.Options("lost") with { Lease = TimeSpan.FromSeconds(12) }; // six signs of life; and nobody takes from the other one what he holds before the end
        var (started, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        var party = new ScriptedParty();
        party.Script = async (message, cancel) =>
        {
            started.TrySetResult();
            await using var registration = cancel.Register(cancelled.SetResult);
            await cancelled.Task;
            return new HandlingResult.Answer(message.Octets);
        };
        await using var listener = await ServeAsync(party, options);
        await using var sender = new FtpSpool(options);
        await sender.SendAsync("m1", Request, Cancel);
        await started.Task;
        while (true)
        {
            // As the other one does it; a sign of life may be faster.
            var claim = Claims("lost").SingleOrDefault();
            if (claim is null) continue;
            try
            {
                File.Move(servers.Plain.PathOf($"lost/in/{claim}"), servers.Plain.PathOf("lost/in/m1.claim-0123456789abcdef-0"));
                break;
            }
            catch (FileNotFoundException)
            {
                await Task.Delay(10, Cancel);
            }
        }

        await cancelled.Task;
        await listener.DisposeAsync();
        Assert.False(File.Exists(servers.Plain.PathOf("lost/out/m1.pki")));
        Assert.Equal(["m1.claim-0123456789abcdef-0"], Claims("lost").Select(claim => claim.ToString()));
    }

    private static FtpOptions Options(ScriptedFtpServer server) => new()
    {
        Host = "127.0.0.1",
        Port = server.Port,
        Folder = "s",
        Password = _ => ValueTask.FromResult(Crypto.Secret.From("secret"u8)),
    };

    private static Task<SpoolListener> ServeAsync(ScriptedParty party, FtpOptions options) => SpoolListener.StartAsync(
        party, new SpoolListenerOptions { Place = new FtpSpool(options), Identity = null, Interval = TimeSpan.FromMilliseconds(20), Pause = TimeSpan.FromMilliseconds(50) });

    private static SpoolTransport Connect(FtpOptions options) => new(new SpoolTransportOptions { Place = new FtpSpool(options), Identity = null, Interval = TimeSpan.FromMilliseconds(20) });

    private IEnumerable<FtpClaimName> Claims(string folder) => Directory.GetFiles(servers.Plain.PathOf($"{folder}/in")).Select(path => FtpClaimName.Of(Path.GetFileName(path))).OfType<FtpClaimName>();
}
