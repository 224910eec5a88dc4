using CkiSdk.Pki.Certificates;
using CkiSdk.Transports.Cms;

namespace CkiSdk.Transports.Spool;

/// <summary>Configures a client whose messages travel as files.</summary>
public sealed record SpoolTransportOptions
{
    /// <summary>Gets where the server's spool is. The transport disposes of it.</summary>
    public required SpoolPlace Place { get; init; }

    /// <summary>Gets who signs and opens; null for plain files, which have no services.</summary>
    public required CmsIdentity? Identity { get; init; }

    /// <summary>Gets the certificate that requests are encrypted to; needed with an identity.</summary>
    public Certificate? ServerCertificate { get; init; }

    /// <summary>Gets how long an answer may take. What was asked stays in the spool as long as the transport lives: the same request once more goes on waiting for its answer.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets how often to look for it; null for what suits the place: five times a second in a folder, less often on a server where nothing is new.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Gets the octets that a plain message may have.</summary>
    public int MessageLimit { get; init; } = 1 << 20;

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
