using System.Security.Cryptography.X509Certificates;
using CkiSdk.Crypto;

namespace CkiSdk.Transports.Ftp;

/// <summary>Says where a spool on an FTP server is (RFC 959, RFC 2428, RFC 4217).</summary>
public sealed record FtpOptions
{
    /// <summary>Gets the name or address of the server.</summary>
    public required string Host { get; init; }

    /// <summary>Gets its port.</summary>
    public int Port { get; init; } = 21;

    /// <summary>Gets whether control and data connections are protected by TLS (AUTH TLS, PROT P). Without it the password and the names of files go in plain.</summary>
    public bool UseTls { get; init; }

    /// <summary>Gets the authorities of which one must have certified the server; null for those of the system.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Gets the user.</summary>
    public string User { get; init; } = "anonymous";

    /// <summary>Gets how the password is read in UTF-8, each time that a connection is opened, and then zeroed; null where there is none.</summary>
    public Func<CancellationToken, ValueTask<Secret>>? Password { get; init; }

    /// <summary>Gets the folder of the spool, below that of the login unless it begins with a slash; empty for that of the login itself.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Gets how many connections there are at most.</summary>
    public int Connections { get; init; } = 8;

    /// <summary>Gets how long one operation may take, connecting and transferring included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets after which time without a sign of life a message that somebody handles passes to another; all who serve one spool must have the same.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
