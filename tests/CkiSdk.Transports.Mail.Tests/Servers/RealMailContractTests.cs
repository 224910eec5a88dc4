using CkiSdk.TestSupport.Mail;
using CkiSdk.Transports.Mail.Accounts;
using CkiSdk.Transports.Mail.Servers;
using CkiSdk.Transports.Tests.Cms;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Mail.Tests.Servers;

/// <summary>Holds the transport by mail to what every transport does, over Exim and Dovecot: the client reads by POP3 over TLS, the server by IMAP with STARTTLS.</summary>
public sealed class RealMailContractTests(MailServersFixture servers) : TransportContract
{
    private protected override async ValueTask<ICkiTransport> JoinAsync(ScriptedParty party)
    {
        var system = await servers.System;
        var (clientAddress, serverAddress) = (MailSystem.NewAddress("client"), MailSystem.NewAddress("server"));
        var server = new MailAccount(MailServersFixture.Options(system, serverAddress, await CmsParty.Server));
        var client = new MailAccount(MailServersFixture.Options(system, clientAddress, await CmsParty.Client, MailboxProtocol.Pop3) with
        {
            Outgoing = MailServersFixture.Server(system, system.Smtps, clientAddress, MailSecurity.Tls),
            Incoming = MailServersFixture.Server(system, system.Pop3s, clientAddress, MailSecurity.Tls),
        });
        await MailListener.StartAsync(party, server, cancellationToken: TestContext.Current.CancellationToken);
        return new JoinedMail(new MailTransport(client, new MailTransportOptions { ServerAddress = serverAddress, ServerCertificate = (await CmsParty.Server).EncryptionCertificate }), client, server);
    }
}
