using System.Net;
using CkiSdk.Pki.Certificates;
using CkiSdk.TestSupport.Mail;
using CkiSdk.Transports.Cms;
using CkiSdk.Transports.Mail.Accounts;
using CkiSdk.Transports.Mail.Servers;
using CkiSdk.Transports.Mail.Tests.Servers;

[assembly: AssemblyFixture(typeof(MailServersFixture))]

namespace CkiSdk.Transports.Mail.Tests.Servers;

/// <summary>Starts the real servers when the first test wants them, and stops them after the last.</summary>
public sealed class MailServersFixture : IAsyncDisposable
{
    private readonly Lazy<Task<MailSystem>> _system = new(MailSystem.StartAsync);

    /// <summary>Gets the servers.</summary>
    public Task<MailSystem> System => _system.Value;

    public async ValueTask DisposeAsync()
    {
        if (_system.IsValueCreated) await (await System).DisposeAsync();
    }

    /// <summary>Gets the authority that has certified the servers.</summary>
    internal static Certificate Authority(MailSystem system) => Certificate.FromPem(File.ReadAllText(system.AuthorityFile));

    /// <summary>Says how one of the servers is reached by a user.</summary>
    internal static MailServer Server(MailSystem system, int port, string user, MailSecurity security = MailSecurity.StartTls) =>
        new() { Host = "localhost", Port = port, Security = security, Authorities = [Authority(system)], Credentials = new NetworkCredential(user, MailSystem.Password) };

    /// <summary>Makes the account of a user with STARTTLS.</summary>
    internal static MailAccountOptions Options(MailSystem system, string address, CmsIdentity identity, MailboxProtocol protocol = MailboxProtocol.Imap) => new()
    {
        Address = address,
        Outgoing = Server(system, system.Smtp, address),
        Incoming = Server(system, protocol == MailboxProtocol.Imap ? system.Imap : system.Pop3, address),
        Protocol = protocol,
        Identity = identity,
        Interval = TimeSpan.FromMilliseconds(200),
        Pause = TimeSpan.FromMilliseconds(200),
    };
}
