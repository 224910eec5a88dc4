using CkiSdk.Transports.Cms;
using CkiSdk.Transports.Mail.Servers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CkiSdk.Transports.Mail.Accounts;

/// <summary>Configures an account of mail.</summary>
public sealed record MailAccountOptions
{
    /// <summary>Gets the address of the account.</summary>
    public required string Address { get; init; }

    /// <summary>Gets the server that takes mail, over SMTP.</summary>
    public required MailServer Outgoing { get; init; }

    /// <summary>Gets the server that holds the mailbox.</summary>
    public required MailServer Incoming { get; init; }

    /// <summary>Gets how the mailbox is read.</summary>
    public MailboxProtocol Protocol { get; init; } = MailboxProtocol.Imap;

    /// <summary>Gets the folder that is read, over IMAP; null for the inbox.</summary>
    public string? Folder { get; init; }

    /// <summary>Gets the folder where messages go that were dealt with, over IMAP; null to delete them.</summary>
    public string? DoneFolder { get; init; }

    /// <summary>Gets the folder where messages go that nothing could answer, over IMAP; it is made where it is missing. Over POP3 they stay.</summary>
    public string FailedFolder { get; init; } = "CKI failed";

    /// <summary>Gets who signs and opens, and who is trusted.</summary>
    public required CmsIdentity Identity { get; init; }

    /// <summary>Gets how often to look for mail where the server does not tell of it.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets how long to leave a message alone that could not be handled, as with a full disk.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how long answers stay in the mailbox that nobody here waits for: another process may.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Gets after what time a request without an answer is sent for the second time, should the first mail be lost; after that ever more seldom. Whoever asks meanwhile waits for the first.</summary>
    public TimeSpan ResendAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets the octets that a message may have.</summary>
    public int MessageLimit { get; init; } = 1 << 20;

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gets where to tell what happens.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
