using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Spool;
using CkiSdk.Transports.Tests.Cms;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Tests.Spool;

/// <summary>Shows what happens in a spool with what is half, foreign, hostile, or handled by somebody who dies.</summary>
public sealed class SpoolFaultTests : IDisposable
{
    private static readonly byte[] Request = [0x30, 0x03, 0x02, 0x01, 0x05];
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PlainFiles_HaveNoServices_AndNoAnnouncements()
    {
        var party = new ScriptedParty();
        await using var listener = await ServeAsync(party);
        await using (var transport = Connect())
        {
            var answer = await transport.ExchangeAsync(Request, Cancel);
            Assert.Equal(ScriptedParty.Reverse(Request), answer.Message!.Value.ToArray());
            Assert.Equal((SecurityServices.None, null), (answer.Services, answer.Peer));
            var delivered = Assert.Single(party.Received);
            Assert.Equal((SecurityServices.None, null), (delivered.Services, delivered.Sender));
            var refused = await Assert.ThrowsAsync<CkiTransportException>(async () => await transport.NextAnnouncementAsync(false, Cancel));
            Assert.Contains("those who sign", refused.Message, StringComparison.Ordinal);
        }

        await UntilEmptyAsync();
        Assert.Single(Files("done"));
        Assert.Empty(Files("out"));
    }

    [Fact]
    public async Task Message_IsHandledOnce_ByManyListeners()
    {
        var party = new ScriptedParty();
        var listeners = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ServeAsync(party)));
        await using var transport = Connect();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async number =>
        {
            var answer = await transport.ExchangeAsync(BitConverter.GetBytes(number), Cancel);
            Assert.Equal(ScriptedParty.Reverse(BitConverter.GetBytes(number)), answer.Message!.Value.ToArray());
        }));
        foreach (var listener in listeners) await listener.DisposeAsync();
        Assert.Equal(Enumerable.Range(0, 100), party.Received.Select(message => BitConverter.ToInt32(message.Octets.Span)).Order());
    }

    [Fact]
    public async Task WhatWasBeingHandled_IsHandledAgain_ByTheNext()
    {
        var started = new TaskCompletionSource();
        var dying = new ScriptedParty
        {
            Script = async (_, cancel) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, cancel);
                return new HandlingResult.Accepted();
            },
        };
        var listener = await ServeAsync(dying);
        await using var transport = Connect();
        var asking = transport.ExchangeAsync(Request, Cancel).AsTask();
        await started.Task;
        await listener.DisposeAsync();
        Assert.Single(Files("in"));
        await using var next = await ServeAsync(new ScriptedParty());
        Assert.Equal(ScriptedParty.Reverse(Request), (await asking).Message!.Value.ToArray());
    }

    [Fact]
    public async Task WhatAnotherProcessHolds_IsLeftToIt_AsLongAsItLives()
    {
        Directory.CreateDirectory(_folder.PathOf("spool/in"));
        await File.WriteAllBytesAsync(_folder.PathOf("spool/in/held.pki"), Request, Cancel);
        var party = new ScriptedParty();
        await using (new FileStream(_folder.PathOf("spool/in/held.pki"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            await using var listener = await ServeAsync(party);
            await using var transport = Connect();
            for (var i = 0; i < 20; i++) await transport.ExchangeAsync(Request, Cancel);
            Assert.Equal(20, party.Received.Count);
        }

        await using var next = await ServeAsync(party);
        await UntilEmptyAsync();
        Assert.Equal(21, party.Received.Count);
    }

    [Fact]
    public async Task WhatWasAnswered_IsPutAway_AndNotHandledAgain()
    {
        Directory.CreateDirectory(_folder.PathOf("spool/out"));
        Directory.CreateDirectory(_folder.PathOf("spool/in"));
        await File.WriteAllBytesAsync(_folder.PathOf("spool/out/m1.pki"), [0x31, 0x00], Cancel);
        await File.WriteAllBytesAsync(_folder.PathOf("spool/in/m1.pki"), Request, Cancel);
        var party = new ScriptedParty();
        await using var listener = await ServeAsync(party);
        await UntilEmptyAsync();
        Assert.Empty(party.Received);
        Assert.Equal([0x31, 0x00], await File.ReadAllBytesAsync(_folder.PathOf("spool/out/m1.pki"), Cancel));
    }

    [Fact]
    public async Task Party_ThatCannot_IsAskedAgain()
    {
        var calls = 0;
        var party = new ScriptedParty { Results = message => ++calls < 3 ? throw new IOException("the disk is full") : new HandlingResult.Answer(message.Octets) };
        await using var listener = await ServeAsync(party);
        await using var transport = Connect();
        Assert.Equal(Request, (await transport.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task ForeignFiles_StayWhereTheyAre_AndLinksAreNotFollowed()
    {
        var party = new ScriptedParty();
        await using var listener = await ServeAsync(party);
        var secret = _folder.WriteText("secret.txt", "secret");
        foreach (var name in new[] { "notes.txt", ".half.pki", "half.pki.tmp", "a b.pki", "-rf.pki", "..x.pki" }) await File.WriteAllTextAsync(_folder.PathOf($"spool/in/{name}"), "foreign", Cancel);
        Directory.CreateDirectory(_folder.PathOf("spool/in/folder.pki"));
        File.CreateSymbolicLink(_folder.PathOf("spool/in/link.pki"), secret);
        await using var transport = Connect();
        Assert.Equal(ScriptedParty.Reverse(Request), (await transport.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
        Assert.Equal(Request, Assert.Single(party.Received).Octets.ToArray());
        Assert.Equal(7, Files("in").Count(name => !name.StartsWith("20", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Hostile_Messages_AreRefused_WithoutSayingWhy()
    {
        var party = new ScriptedParty();
        await using var listener = await SpoolListener.StartAsync(party, Options() with { Identity = await CmsParty.Server });
        foreach (var (name, octets) in new[] { ("empty", Array.Empty<byte>()), ("garbage", RandomNumberGenerator.GetBytes(1000)), ("long", new byte[2 << 20]), ("indefinite", [0x30, 0x80]) })
        {
            await WriteWholeAsync(_folder.PathOf($"spool/in/{name}.pki"), octets);
        }

        await UntilEmptyAsync();
        Assert.Empty(party.Received);
        Assert.Equal(8, Files("failed").Count);
        Assert.Single(Files("failed").Where(name => name.EndsWith(".txt", StringComparison.Ordinal)).Select(name => File.ReadAllText(_folder.PathOf($"spool/failed/{name}"))).Distinct(StringComparer.Ordinal));
    }

    // The party has another one by now; who calls the transport is told as of a party that cannot be authenticated, and goes on with others.
    [Fact]
    public async Task ACertificateToEncryptTo_ThatIsNotTrusted_IsAFaultOfTheWay()
    {
        using var stranger = TestAuthority.Foreign.Certify(TestAuthority.ServerName, usage: X509KeyUsageFlags.KeyAgreement);
        var client = await CmsParty.Client;
        await using var transport = Connect(options => options with { Identity = client, ServerCertificate = Certificate.Decode(stranger.RawData) });
        var exception = await Assert.ThrowsAsync<CkiTransportException>(() => transport.ExchangeAsync(Request, Cancel).AsTask());
        Assert.Equal(CkiTransportFault.NotAuthenticated, exception.Fault);
        Assert.Contains("is not trusted", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.PathOf("spool/in"))); // nothing was sent
    }

    // The receipt of one message is none of another, and an answer that was changed is no answer.
    [Fact]
    public async Task Answers_OfOthers_AreNotTaken()
    {
        var (client, server) = (await CmsParty.Client, await CmsParty.Server);
        var listener = await SpoolListener.StartAsync(new ScriptedParty { Results = _ => new HandlingResult.Accepted() }, Options() with { Identity = server });
        await using var transport = Connect(options => options with { Identity = client, ServerCertificate = server.EncryptionCertificate });
        Assert.True((await transport.ExchangeAsync(Request, Cancel)).IsAccepted);
        await listener.DisposeAsync();

        var asking = transport.ExchangeAsync(new byte[] { 0x30, 0x00 }, Cancel).AsTask();
        while (Files("in").Count == 0) await Task.Delay(5, Cancel);
        var name = Files("in")[0];
        await WriteWholeAsync(_folder.PathOf($"spool/out/{name}"), await new Transports.Cms.CmsProtection(server).ProtectAsync(SHA256.HashData(Request), client.EncryptionCertificate, Cancel));
        var answer = await asking;
        Assert.False(answer.IsAccepted);
        Assert.Equal(SHA256.HashData(Request), answer.Message!.Value.ToArray());
    }

    [Fact]
    public async Task Old_Files_AreForgotten()
    {
        Directory.CreateDirectory(_folder.PathOf("spool/done"));
        var (old, fresh) = (_folder.PathOf("spool/done/old.pki"), _folder.PathOf("spool/done/fresh.pki"));
        await File.WriteAllTextAsync(old, "x", Cancel);
        await File.WriteAllTextAsync(fresh, "x", Cancel);
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-31));
        await using var listener = await ServeAsync(new ScriptedParty());
        while (File.Exists(old)) await Task.Delay(5, Cancel);
        Assert.True(File.Exists(fresh));
    }

    [Fact]
    public async Task NobodyThere_TimesOut()
    {
        await using var transport = Connect(options => options with { AnswerTimeout = TimeSpan.FromMilliseconds(50) });
        Assert.Equal(CkiTransportFault.TimedOut, (await Assert.ThrowsAsync<CkiTransportException>(async () => await transport.ExchangeAsync(Request, Cancel))).Fault);
    }

    [Fact]
    public async Task WhatHasNoAnswerYet_IsNotAskedTwice_AndItsAnswerIsTakenLater()
    {
        var party = new ScriptedParty();
        await using var transport = Connect(options => options with { AnswerTimeout = TimeSpan.FromMilliseconds(20) });
        for (var i = 0; i < 3; i++) await Assert.ThrowsAsync<CkiTransportException>(async () => await transport.ExchangeAsync(Request, Cancel));
        await Assert.ThrowsAsync<CkiTransportException>(async () => await transport.NextAnnouncementAsync(false, Cancel));
        Assert.Single(Files("in"));
        await using (await ServeAsync(party)) await UntilEmptyAsync();
        var answer = await transport.ExchangeAsync(Request, Cancel);
        Assert.Equal(ScriptedParty.Reverse(Request), answer.Message!.Value.ToArray());
        Assert.Single(party.Received);
        Assert.Empty(Files("out"));

        await Assert.ThrowsAsync<CkiTransportException>(async () => await transport.ExchangeAsync(Request, Cancel));
        Assert.Single(Files("in"));
    }

    [Fact]
    public async Task WhoGoesAway_TakesHisQuestionsBack()
    {
        await using (var transport = Connect(options => options with { AnswerTimeout = TimeSpan.FromMilliseconds(20) }))
        {
            await Assert.ThrowsAsync<CkiTransportException>(async () => await transport.ExchangeAsync(Request, Cancel));
            Assert.Single(Files("in"));
        }

        Assert.Empty(Files("in"));
    }

    [Fact]
    public async Task Pipes_AreNoMessages_AndLongTimesAreNoTimes()
    {
        var party = new ScriptedParty { Results = _ => new HandlingResult.Waiting(Request, DateTimeOffset.UtcNow.AddDays(1)) };
        await using var listener = await ServeAsync(party);
        ExternalProgram.RunOk("mkfifo", [_folder.PathOf("spool/in/pipe.pki")]);
        await using var transport = Connect();
        Assert.True((await transport.ExchangeAsync(Request, Cancel)).IsWaiting);
        Assert.Equal(["pipe.pki"], Files("in"));

        await using var alone = Connect(options => options with { Place = new SpoolFolder(_folder.PathOf("other")) });
        var asking = alone.ExchangeAsync(Request, Cancel).AsTask();
        while (!Directory.Exists(_folder.PathOf("other/in")) || Directory.GetFiles(_folder.PathOf("other/in"), "*.pki").Length == 0) await Task.Delay(5, Cancel);
        var name = Path.GetFileNameWithoutExtension(Directory.GetFiles(_folder.PathOf("other/in"), "*.pki")[0]);
        await File.WriteAllBytesAsync(_folder.PathOf($"other/out/{name}.time"), new byte[1 << 20], Cancel);
        await File.WriteAllBytesAsync(_folder.PathOf($"other/out/.x"), [0x31, 0x00], Cancel);
        File.Move(_folder.PathOf("other/out/.x"), _folder.PathOf($"other/out/{name}.pki"));
        Assert.Equal(DateTimeOffset.UnixEpoch, (await asking).CheckBack);
    }

    private SpoolListenerOptions Options() => new() { Place = new SpoolFolder(_folder.PathOf("spool")), Identity = null, Interval = TimeSpan.FromMilliseconds(5), Pause = TimeSpan.FromMilliseconds(20) };

    private Task<SpoolListener> ServeAsync(ScriptedParty party) => SpoolListener.StartAsync(party, Options());

    private SpoolTransport Connect(Func<SpoolTransportOptions, SpoolTransportOptions>? change = null)
    {
        var options = new SpoolTransportOptions { Place = new SpoolFolder(_folder.PathOf("spool")), Identity = null, Interval = TimeSpan.FromMilliseconds(5) };
        return new SpoolTransport(change is null ? options : change(options));
    }

    // As a sender does: under another name until it is whole, else who waits for it has it in hand while it is still written.
    private static async Task WriteWholeAsync(string path, byte[] octets)
    {
        await File.WriteAllBytesAsync(path + ".tmp", octets, Cancel);
        File.Move(path + ".tmp", path);
    }

    private List<string> Files(string folder) => [.. Directory.GetFiles(_folder.PathOf($"spool/{folder}")).Select(path => Path.GetFileName(path))];

    private async Task UntilEmptyAsync()
    {
        while (Files("in").Count > 0) await Task.Delay(5, Cancel);
    }
}
