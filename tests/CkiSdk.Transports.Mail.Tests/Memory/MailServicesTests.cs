using System.Security.Cryptography.X509Certificates;
using System.Text;
using CkiSdk.Protocol;
using CkiSdk.Transports.Mail.Mime;
using CkiSdk.Transports.Mail.Tests.Mime;
using CkiSdk.Transports.Tests.Cms;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Mail.Tests.Memory;

/// <summary>Shows which services a mail has (CKI profile section 7), and that no header gives it any.</summary>
public sealed class MailServicesTests
{
    private static readonly byte[] Request = [0x30, 0x03, 0x02, 0x01, 0x05];
    private static readonly MailContent Content = new() { Octets = Request, MessageId = "k.1@cki.test", From = MemoryMail.ClientAddress };
    private readonly MemoryPost _post = new();
    private readonly ScriptedParty _party = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignedAndEncrypted_HasAll()
    {
        var (client, server) = (await CmsParty.Client, await CmsParty.Server);
        await AssertServicesAsync(await Attacks.SealedAsync(client, server.EncryptionCertificate, Content), SecurityServices.All);
        var answer = await AnswerAsync();
        Assert.Equal("k.1@cki.test", answer.InReplyTo);
        Assert.Equal(ScriptedParty.Reverse(Request), answer.Octets!.Value.ToArray());
        Assert.Empty(_post[MemoryMail.ServerAddress].Failed);
    }

    [Fact]
    public async Task SignedOnly_HasOriginAndIntegrity()
    {
        await AssertServicesAsync(await Attacks.SignedAsync(await CmsParty.Client, Content), SecurityServices.OriginAuthentication | SecurityServices.Integrity);
        Assert.Equal(ScriptedParty.Reverse(Request), (await AnswerAsync()).Octets!.Value.ToArray());
    }

    [Fact]
    public async Task EncryptedOnly_HasNone_AndGetsNoAnswer()
    {
        var server = await CmsParty.Server;
        await AssertServicesAsync(await Attacks.EncryptedAsync(server, server.EncryptionCertificate, Content), SecurityServices.None);
        await AssertUnansweredAsync();
    }

    [Fact]
    public async Task Plain_HasNone_AndGetsNoAnswer()
    {
        await AssertServicesAsync(MailFramingTests.Mail("application/pkixcmp", Convert.ToBase64String(Request)), SecurityServices.None);
        await AssertUnansweredAsync();
    }

    [Fact]
    public async Task SignedByStrangers_HasNone()
    {
        var server = await CmsParty.Server;
        using var stranger = TestAuthority.Foreign.Certify(TestAuthority.ClientName);
        var identity = await CmsParty.CreateAsync(stranger, TestAuthority.ClientName, TestAuthority.Foreign);
        await AssertServicesAsync(await Attacks.SealedAsync(identity with { Anchors = (await CmsParty.Server).Anchors }, server.EncryptionCertificate, Content), SecurityServices.None);
        await AssertUnansweredAsync();
    }

    // Another implementation may put the PKIMessage into the CMS as it is; the fields around tell then where the answer goes.
    [Fact]
    public async Task MessageWithoutEntity_IsTaken_AndAnsweredToTheFieldsAround()
    {
        var (client, server) = (await CmsParty.Client, await CmsParty.Server);
        await AssertServicesAsync(await Attacks.BareAsync(client, server.EncryptionCertificate, Request, MemoryMail.ClientAddress), SecurityServices.All);
        Assert.Equal("outer.1@cki.test", (await AnswerAsync()).InReplyTo);
    }

    [Fact]
    public async Task Answer_GoesToTheAddress_UnderTheSignature()
    {
        var (client, server) = (await CmsParty.Client, await CmsParty.Server);
        var mail = Encoding.ASCII.GetString(await Attacks.SealedAsync(client, server.EncryptionCertificate, Content));
        await AssertServicesAsync(Encoding.ASCII.GetBytes(mail.Replace("From: x@cki.test", "From: mallory@cki.test\r\nReply-To: mallory@cki.test", StringComparison.Ordinal)), SecurityServices.All);
        await AnswerAsync();
        Assert.Empty(_post["mallory@cki.test"].Mails);
        Assert.Empty(_post["x@cki.test"].Mails);
    }

    [Fact]
    public async Task WhoCannotReceive_GetsNoAnswer()
    {
        using var foreign = TestAuthority.Foreign.Certify(TestAuthority.ClientName, usage: X509KeyUsageFlags.KeyAgreement);
        var identity = (await CmsParty.Client) with { EncryptionCertificate = CkiSdk.Pki.Certificates.Certificate.Decode(foreign.RawData) };
        await AssertServicesAsync(await Attacks.SealedAsync(identity, (await CmsParty.Server).EncryptionCertificate, Content), SecurityServices.All);
        await AssertUnansweredAsync();
    }

    private async Task AssertServicesAsync(byte[] mail, SecurityServices services)
    {
        await using var server = await MemoryMail.ServerAsync(_post);
        await MailListener.StartAsync(_party, server, cancellationToken: Cancel);
        _post.Deliver(MemoryMail.ServerAddress, mail);
        await Waiting.UntilAsync(() => _post[MemoryMail.ServerAddress].Mails.IsEmpty);
        var delivered = Assert.Single(_party.Received);
        Assert.Equal((services, services == SecurityServices.None ? null : TestAuthority.ClientName), (delivered.Services, delivered.Sender?.Name));
        Assert.Equal(Request, delivered.Octets.ToArray());
    }

    private async Task<MailContent> AnswerAsync() => await Attacks.OpenAsync(await CmsParty.Client, Assert.Single(_post[MemoryMail.ClientAddress].Mails).Value);

    private async Task AssertUnansweredAsync()
    {
        await Waiting.UntilAsync(() => _post[MemoryMail.ServerAddress].Failed.Count == 1);
        Assert.Empty(_post[MemoryMail.ClientAddress].Mails);
        Assert.Empty(_post["x@cki.test"].Mails);
    }
}
