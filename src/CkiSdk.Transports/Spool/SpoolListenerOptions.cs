using CkiSdk.Transports.Cms;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CkiSdk.Transports.Spool;

/// <summary>Configures a party that is served through a spool.</summary>
public sealed record SpoolListenerOptions
{
    /// <summary>Gets where the spool is; its folders are made where they are missing. The listener disposes of it.</summary>
    public required SpoolPlace Place { get; init; }

    /// <summary>Gets who signs and opens; null for plain files, which have no services.</summary>
    public required CmsIdentity? Identity { get; init; }

    /// <summary>Gets how many messages are handled at once.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>Gets how often to look for new messages; null for what suits the place: five times a second in a folder, less often on a server where nothing is new.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Gets how long to leave a message alone that could not be handled, as with a full disk.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how long messages that are done with, and answers that nobody fetched, are kept.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Gets how long what is being handled may take when the listener stops.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets the octets that a plain message may have.</summary>
    public int MessageLimit { get; init; } = 1 << 20;

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gets where to tell what happens.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
