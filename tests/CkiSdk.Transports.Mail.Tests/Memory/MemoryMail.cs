using CkiSdk.Protocol;
using CkiSdk.Transports.Cms;
using CkiSdk.Transports.Mail.Accounts;
using CkiSdk.Transports.Mail.Servers;
using CkiSdk.Transports.Tests.Cms;

namespace CkiSdk.Transports.Mail.Tests.Memory;

/// <summary>The usual client and the usual server with accounts at a mail system in memory.</summary>
internal static class MemoryMail
{
    public const string ClientAddress = "a1@cki.test";
    public const string ServerAddress = "cma@cki.test";

    public static async Task<MailAccount> ClientAsync(MemoryPost post) => Account(post, ClientAddress, await CmsParty.Client);

    public static async Task<MailAccount> ServerAsync(MemoryPost post) => Account(post, ServerAddress, await CmsParty.Server);

    public static MailAccount Account(MemoryPost post, string address, CmsIdentity identity, Func<MailAccountOptions, MailAccountOptions>? change = null) =>
        new((change ?? (options => options))(Options(address, identity)), post.OfficeOf(address));

    public static MailAccountOptions Options(string address, CmsIdentity identity) => new()
    {
        Address = address,
        Outgoing = new MailServer { Host = "localhost", Port = 25 },
        Incoming = new MailServer { Host = "localhost", Port = 143 },
        Identity = identity,
        Pause = TimeSpan.FromMilliseconds(20),
    };

    public static async Task<MailTransport> ConnectAsync(MailAccount account, Func<MailTransportOptions, MailTransportOptions>? change = null) => new(
        account, (change ?? (options => options))(new MailTransportOptions { ServerAddress = ServerAddress, ServerCertificate = (await CmsParty.Server).EncryptionCertificate }));

    public static async Task<JoinedMail> JoinAsync(MemoryPost post, IMessageHandler party)
    {
        var (server, client) = (await ServerAsync(post), await ClientAsync(post));
        await MailListener.StartAsync(party, server);
        return new JoinedMail(await ConnectAsync(client), client, server);
    }
}
