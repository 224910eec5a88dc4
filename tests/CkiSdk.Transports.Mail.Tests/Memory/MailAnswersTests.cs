using System.Text;
using CkiSdk.Protocol;
using CkiSdk.Transports.Mail.Mime;
using CkiSdk.Transports.Mail.Tests.Mime;
using CkiSdk.Transports.Tests.Cms;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Mail.Tests.Memory;

/// <summary>Shows which mail ends a wait: the answer of the one who was asked, whenever and however often it comes, and no other.</summary>
public sealed class MailAnswersTests
{
    private static readonly byte[] Request = [0x30, 0x03, 0x02, 0x01, 0x05];
    private readonly MemoryPost _post = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_OfOthers_AreNotTaken()
    {
        var (client, server) = (await CmsParty.Client, await CmsParty.Server);
        await using var account = await MemoryMail.ClientAsync(_post);
        var asking = (await MemoryMail.ConnectAsync(account)).ExchangeAsync(Request, Cancel).AsTask();
        await Waiting.UntilAsync(() => !_post[MemoryMail.ServerAddress].Mails.IsEmpty);
        var question = (await Attacks.OpenAsync(server, _post[MemoryMail.ServerAddress].Mails.Single().Value)).MessageId!;
        var forged = new MailContent { Octets = new byte[] { 0x30, 0x00 }, MessageId = "f.1@cki.test", InReplyTo = question, From = "x@cki.test" };
        using var other = TestAuthority.Trusted.Certify(Pki.Names.DistinguishedName.Parse("CN=B1,O=Domain B,C=GB"));
        using var stranger = TestAuthority.Foreign.Certify(TestAuthority.ServerName);
        byte[][] mails =
        [
            await Attacks.SealedAsync(await CmsParty.CreateAsync(other, Pki.Names.DistinguishedName.Parse("CN=B1,O=Domain B,C=GB")), client.EncryptionCertificate, forged, question),
            await Attacks.SealedAsync(await CmsParty.CreateAsync(stranger, TestAuthority.ServerName, TestAuthority.Foreign), client.EncryptionCertificate, forged, question),
            await Attacks.EncryptedAsync(server, client.EncryptionCertificate, forged, question),
            MailFramingTests.Mail("application/pkixcmp", "MAA=\r\n"),
            await Attacks.SealedAsync(server, client.EncryptionCertificate, forged with { InReplyTo = "another.1@cki.test" }, question),
            await Attacks.SealedAsync(server, client.EncryptionCertificate, forged with { InReplyTo = null }, question),
        ];
        foreach (var mail in mails) _post.Deliver(MemoryMail.ClientAddress, mail);
        _post.Deliver(MemoryMail.ClientAddress, await Attacks.SealedAsync(server, client.EncryptionCertificate, forged with { Octets = new byte[] { 0x31, 0x00 } }));

        var answer = await asking;
        Assert.Equal([0x31, 0x00], answer.Message!.Value.ToArray());
        Assert.Equal(SecurityServices.All, answer.Services);
        await Waiting.UntilAsync(() => _post[MemoryMail.ClientAddress].Mails.Count == mails.Length);
    }

    [Fact]
    public async Task FieldsAround_MayBeRewritten_OnTheWay()
    {
        _post.Changes = mail => Encoding.ASCII.GetBytes(
            Encoding.ASCII.GetString(mail).Replace("Message-Id: <", "Message-Id: <rewritten-", StringComparison.Ordinal).Replace("In-Reply-To: <", "X-Was: <", StringComparison.Ordinal));
        await using var joined = await MemoryMail.JoinAsync(_post, new ScriptedParty());
        Assert.Equal(ScriptedParty.Reverse(Request), (await joined.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
    }

    [Fact]
    public async Task LostMail_TimesOut_AndTheNextIsAnswered()
    {
        _post.Copies = number => number == 1 ? 0 : 1;
        var party = new ScriptedParty();
        await using var server = await MemoryMail.ServerAsync(_post);
        await using var client = MemoryMail.Account(_post, MemoryMail.ClientAddress, await CmsParty.Client, options => options with { ResendAfter = TimeSpan.FromMilliseconds(20) });
        await MailListener.StartAsync(party, server, cancellationToken: Cancel);
        await using var impatient = await MemoryMail.ConnectAsync(client, options => options with { AnswerTimeout = TimeSpan.FromMilliseconds(50) });
        Assert.Equal(CkiTransportFault.TimedOut, (await Assert.ThrowsAsync<CkiTransportException>(async () => await impatient.ExchangeAsync(Request, Cancel))).Fault);
        await using var patient = await MemoryMail.ConnectAsync(client);
        Assert.Equal(ScriptedParty.Reverse(Request), (await patient.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
        Assert.Single(party.Received);
    }

    // Also where the process that asked is no more: its answer lies in the mailbox for whoever asks the same.
    [Fact]
    public async Task LateAnswer_AnswersTheSameRequest_WhenItIsSentAgain()
    {
        var release = new TaskCompletionSource();
        var party = new ScriptedParty();
        party.Script = async (message, cancel) =>
        {
            await release.Task.WaitAsync(cancel);
            return new HandlingResult.Answer(ScriptedParty.Reverse(message.Octets));
        };
        await using (var server = await MemoryMail.ServerAsync(_post))
        {
            await MailListener.StartAsync(party, server, cancellationToken: Cancel);
            await using (var client = await MemoryMail.ClientAsync(_post))
            {
                await using var impatient = await MemoryMail.ConnectAsync(client, options => options with { AnswerTimeout = TimeSpan.FromMilliseconds(50) });
                await Assert.ThrowsAsync<CkiTransportException>(async () => await impatient.ExchangeAsync(Request, Cancel));
            }

            release.SetResult();
            await Waiting.UntilAsync(() => _post[MemoryMail.ClientAddress].Mails.Count == 1);
        }

        await using var next = await MemoryMail.ClientAsync(_post);
        await using var again = await MemoryMail.ConnectAsync(next);
        var other = again.ExchangeAsync(new byte[] { 0x30, 0x00 }, Cancel).AsTask();
        Assert.Equal(ScriptedParty.Reverse(Request), (await again.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
        Assert.False(other.IsCompleted);
    }

    // A domain that asks one that is away, minute by minute, fills no mailbox.
    [Fact]
    public async Task Request_WithoutAnAnswer_IsSentOnce_AndItsAnswerIsForAllWhoAsk()
    {
        await using var client = await MemoryMail.ClientAsync(_post);
        await using var impatient = await MemoryMail.ConnectAsync(client, options => options with { AnswerTimeout = TimeSpan.FromMilliseconds(20) });
        for (var i = 0; i < 5; i++) await Assert.ThrowsAsync<CkiTransportException>(async () => await impatient.ExchangeAsync(Request, Cancel));
        Assert.Single(_post[MemoryMail.ServerAddress].Mails);
        await using var patient = await MemoryMail.ConnectAsync(client);
        var asking = new[] { patient.ExchangeAsync(Request, Cancel).AsTask(), patient.ExchangeAsync(Request, Cancel).AsTask() };
        await using var server = await MemoryMail.ServerAsync(_post);
        var party = new ScriptedParty();
        await MailListener.StartAsync(party, server, cancellationToken: Cancel);
        Assert.All(await Task.WhenAll(asking), answer => Assert.Equal(ScriptedParty.Reverse(Request), answer.Message!.Value.ToArray()));
        Assert.Single(party.Received);
        await patient.ExchangeAsync(Request, Cancel);
        Assert.Equal(2, party.Received.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnswersForNobody_StayForADay(bool tellsArrival)
    {
        _post.TellsArrival = tellsArrival;
        var (client, server) = (await CmsParty.Client, await CmsParty.Server);
        var answer = new MailContent { Octets = new byte[] { 0x30, 0x00 }, MessageId = "f.1@cki.test", InReplyTo = "gone.1@cki.test", From = "x@cki.test" };
        var mail = await Attacks.SealedAsync(server, client.EncryptionCertificate, answer);
        foreach (var keep in new[] { TimeSpan.FromDays(1), TimeSpan.FromMilliseconds(100) })
        {
            _post.Deliver(MemoryMail.ClientAddress, mail);
            await using var account = MemoryMail.Account(_post, MemoryMail.ClientAddress, client, options => options with { Keep = keep });
            var asking = (await MemoryMail.ConnectAsync(account)).ExchangeAsync(Request, Cancel).AsTask();
            await Waiting.UntilAsync(() => !_post[MemoryMail.ServerAddress].Mails.IsEmpty);
            if (keep > TimeSpan.FromHours(1)) Assert.Single(_post[MemoryMail.ClientAddress].Mails);
            else await Waiting.UntilAsync(() => _post[MemoryMail.ClientAddress].Mails.IsEmpty);
            Assert.False(asking.IsCompleted);
        }
    }

    [Fact]
    public async Task Bounce_EndsTheWait_AndOthersAreLeftAlone()
    {
        await using var account = await MemoryMail.ClientAsync(_post);
        _post.Deliver(MemoryMail.ClientAddress, Bounces.Report("another.1@cki.test"));
        var asking = (await MemoryMail.ConnectAsync(account)).ExchangeAsync(Request, Cancel).AsTask();
        await Waiting.UntilAsync(() => !_post[MemoryMail.ServerAddress].Mails.IsEmpty);
        var question = (await Attacks.OpenAsync(await CmsParty.Server, _post[MemoryMail.ServerAddress].Mails.Single().Value)).MessageId!;
        _post.Deliver(MemoryMail.ClientAddress, Bounces.Report(question, "delayed"));
        _post.Deliver(MemoryMail.ClientAddress, Bounces.Report(question));
        var fault = await Assert.ThrowsAsync<CkiTransportException>(async () => await asking);
        Assert.Equal(CkiTransportFault.Unreachable, fault.Fault);
        Assert.Contains("550 no such user", fault.Message, StringComparison.Ordinal);
        await Waiting.UntilAsync(() => _post[MemoryMail.ClientAddress].Mails.Count == 2);
    }

    [Fact]
    public async Task TwoClients_OnOneMailbox_EachGetTheirAnswers()
    {
        await using var server = await MemoryMail.ServerAsync(_post);
        await MailListener.StartAsync(new ScriptedParty(), server, cancellationToken: Cancel);
        await using var first = await MemoryMail.ClientAsync(_post);
        await using var second = await MemoryMail.ClientAsync(_post);
        var transports = new[] { await MemoryMail.ConnectAsync(first), await MemoryMail.ConnectAsync(second) };
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async number =>
        {
            var request = BitConverter.GetBytes(number);
            Assert.Equal(ScriptedParty.Reverse(request), (await transports[number % 2].ExchangeAsync(request, Cancel)).Message!.Value.ToArray());
        }));
        await Waiting.UntilAsync(() => _post[MemoryMail.ClientAddress].Mails.IsEmpty);
    }
}
