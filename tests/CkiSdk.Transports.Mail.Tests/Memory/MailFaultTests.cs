using System.Security.Cryptography;
using CkiSdk.Protocol;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Mail.Mime;
using CkiSdk.Transports.Mail.Tests.Mime;
using CkiSdk.Transports.Tests.Cms;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Mail.Tests.Memory;

/// <summary>Shows what happens in a mailbox with what is foreign or hostile, with connections that are cut, and with a party that cannot.</summary>
public sealed class MailFaultTests
{
    private static readonly byte[] Request = [0x30, 0x03, 0x02, 0x01, 0x05];
    private readonly MemoryPost _post = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ForeignMail_StaysWhereItIs_AndOurOwnGoes()
    {
        var (client, server) = (await CmsParty.Client, await CmsParty.Server);
        using var other = TestAuthority.Trusted.Certify(TestAuthority.ClientName);
        var someone = await CmsParty.CreateAsync(other, TestAuthority.ClientName);
        byte[][] foreign =
        [
            MailFramingTests.Mail("text/plain", "SGVsbG8="),
            MailFramingTests.Mail("application/pkcs7-mime; smime-type=authEnveloped-data", Convert.ToBase64String(RandomNumberGenerator.GetBytes(1000))),
            MailFramingTests.Mail("application/pkcs7-mime", "MIA="),
            MailFramingTests.Mail("application/pkcs7-mime", Convert.ToBase64String(new byte[4 << 20])),
            await Attacks.SealedAsync(client, someone.EncryptionCertificate, new MailContent { Octets = Request, MessageId = "k.1@cki.test", From = MemoryMail.ClientAddress }),
            await Attacks.SealedAsync(client, server.EncryptionCertificate, new MailContent { Refusal = "a letter", MessageId = "k.2@cki.test", From = MemoryMail.ClientAddress }),
            Bounces.Report("k.3@cki.test"),
            [],
            RandomNumberGenerator.GetBytes(5000),
        ];
        foreach (var mail in foreign) _post.Deliver(MemoryMail.ServerAddress, mail);
        var party = new ScriptedParty();
        await using (var joined = await MemoryMail.JoinAsync(_post, party))
            Assert.Equal(ScriptedParty.Reverse(Request), (await joined.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
        Assert.Single(party.Received);
        Assert.Equal(foreign.Select(Convert.ToHexString).Order(), _post[MemoryMail.ServerAddress].Mails.Values.Select(Convert.ToHexString).Order());
        Assert.Empty(_post[MemoryMail.ClientAddress].Mails);
        Assert.Empty(_post[MemoryMail.ServerAddress].Failed);
    }

    [Fact]
    public async Task RefusedMessages_ArePutAside()
    {
        await using var joined = await MemoryMail.JoinAsync(_post, new ScriptedParty { Results = _ => new HandlingResult.Refused("no\u001b[2J\r\nmessage") });
        Assert.Equal("no [2J  message", (await joined.ExchangeAsync(Request, Cancel)).Refusal);
        await Waiting.UntilAsync(() => _post[MemoryMail.ServerAddress].Failed.Count == 1 && _post[MemoryMail.ServerAddress].Mails.IsEmpty);
    }

    [Fact]
    public async Task Nothing_IsTakenAway_BeforeItIsAnswered()
    {
        var calls = 0;
        var party = new ScriptedParty
        {
            Results = message =>
            {
                Assert.Single(_post[MemoryMail.ServerAddress].Mails);
                return ++calls < 3 ? throw new IOException("the disk is full") : new HandlingResult.Answer(message.Octets);
            },
        };
        await using var joined = await MemoryMail.JoinAsync(_post, party);
        Assert.Equal(Request, (await joined.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
        Assert.Equal(3, calls);
        await Waiting.UntilAsync(() => _post[MemoryMail.ServerAddress].Mails.IsEmpty);
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
        var server = await MemoryMail.ServerAsync(_post);
        await MailListener.StartAsync(dying, server, cancellationToken: Cancel);
        await using var client = await MemoryMail.ClientAsync(_post);
        var asking = (await MemoryMail.ConnectAsync(client)).ExchangeAsync(Request, Cancel).AsTask();
        await started.Task;
        await server.DisposeAsync();
        Assert.Single(_post[MemoryMail.ServerAddress].Mails);
        await using var next = await MemoryMail.ServerAsync(_post);
        await MailListener.StartAsync(new ScriptedParty(), next, cancellationToken: Cancel);
        Assert.Equal(ScriptedParty.Reverse(Request), (await asking).Message!.Value.ToArray());
    }

    [Fact]
    public async Task Mailbox_ServedByMany_LosesNothing()
    {
        var party = new ScriptedParty();
        var servers = new[] { await MemoryMail.ServerAsync(_post), await MemoryMail.ServerAsync(_post), await MemoryMail.ServerAsync(_post) };
        foreach (var server in servers) await MailListener.StartAsync(party, server, cancellationToken: Cancel);
        await using var client = await MemoryMail.ClientAsync(_post);
        await using var transport = await MemoryMail.ConnectAsync(client);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async number =>
        {
            var request = BitConverter.GetBytes(number);
            Assert.Equal(ScriptedParty.Reverse(request), (await transport.ExchangeAsync(request, Cancel)).Message!.Value.ToArray());
        }));
        foreach (var server in servers) await server.DisposeAsync();
        Assert.Empty(_post[MemoryMail.ServerAddress].Mails);
    }

    // At each step with a mailbox in turn: whoever notices, tries again as every caller does.
    [Fact]
    public async Task Connection_CutAtAnyStep_LosesNothing()
    {
        for (var step = 1; step <= LongRun.Count(12, 60); step++)
        {
            var (post, cut, handled) = (new MemoryPost(), step, new ScriptedParty());
            post.Cuts = number => number == cut;
            await using var server = await MemoryMail.ServerAsync(post);
            await using var client = await MemoryMail.ClientAsync(post);
            await RetryAsync(async () => { await MailListener.StartAsync(handled, server, cancellationToken: Cancel); return true; }, mayStandAlready: true);
            await using var transport = await MemoryMail.ConnectAsync(client);
            var answer = await RetryAsync(async () => await transport.ExchangeAsync(Request, Cancel));
            Assert.Equal(ScriptedParty.Reverse(Request), answer.Message!.Value.ToArray());
            await Waiting.UntilAsync(() => post[MemoryMail.ServerAddress].Mails.IsEmpty && post[MemoryMail.ClientAddress].Mails.IsEmpty);
            Assert.Single(handled.Received);
        }
    }

    [Fact]
    public async Task MailboxThatCannotBeChanged_KeepsNobodyFromHisAnswer()
    {
        _post.IsReadOnly = true;
        var party = new ScriptedParty();
        await using var joined = await MemoryMail.JoinAsync(_post, party);
        for (var number = 0; number < 3; number++) Assert.Equal(ScriptedParty.Reverse(BitConverter.GetBytes(number)), (await joined.ExchangeAsync(BitConverter.GetBytes(number), Cancel)).Message!.Value.ToArray());
        Assert.Equal(3, party.Received.Count);
        Assert.Equal(3, _post[MemoryMail.ServerAddress].Mails.Count);
    }

    [Fact]
    public async Task Account_IsServedOnce()
    {
        await using var server = await MemoryMail.ServerAsync(_post);
        await MailListener.StartAsync(new ScriptedParty(), server, cancellationToken: Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await MailListener.StartAsync(new ScriptedParty(), server, cancellationToken: Cancel));
    }

    [Fact]
    public async Task TooLong_IsSaid_BeforeAnythingIsSent()
    {
        await using var client = await MemoryMail.ClientAsync(_post);
        await using var transport = await MemoryMail.ConnectAsync(client);
        await Assert.ThrowsAsync<ArgumentException>(async () => await transport.ExchangeAsync(new byte[(1 << 20) + 1], Cancel));
        Assert.Empty(_post[MemoryMail.ServerAddress].Mails);
    }

    [Fact]
    public async Task AFullMebibyte_IsCarried()
    {
        await using var joined = await MemoryMail.JoinAsync(_post, new ScriptedParty());
        var request = RandomNumberGenerator.GetBytes(1 << 20);
        Assert.Equal(ScriptedParty.Reverse(request), (await joined.ExchangeAsync(request, Cancel)).Message!.Value.ToArray());
    }

    private static async Task<T> RetryAsync<T>(Func<Task<T>> action, bool mayStandAlready = false)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await action();
            }
            catch (CkiTransportException) when (tries < 5)
            {
                if (mayStandAlready) return default!;
            }
        }
    }
}
