using CkiSdk.Pki.Certificates;
using CkiSdk.Transports.Cms;

namespace CkiSdk.Transports.Spool;

/// <summary>Configures a client whose messages travel as files.</summary>
public sealed record SpoolTransportOptions
{
    /// <summary>Gets the folder of the server's spool.</summary>
    public required string Folder { get; init; }

    /// <summary>Gets who signs and opens; null for plain files, which have no services.</summary>
    public required CmsIdentity? Identity { get; init; }

    /// <summary>Gets the certificate that requests are encrypted to; needed with an identity.</summary>
    public Certificate? ServerCertificate { get; init; }

    /// <summary>Gets how long an answer may take. What comes later stays in the spool.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets how often to look for it.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Gets the octets that a plain message may have.</summary>
    public int MessageLimit { get; init; } = 1 << 20;

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
