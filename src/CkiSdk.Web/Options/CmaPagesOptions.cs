using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Web.Options;

/// <summary>Configures the web pages of a CMA.</summary>
public sealed record CmaPagesOptions
{
    /// <summary>Gets the CMA; it stays the caller's and must be of use until the application has stopped.</summary>
    public required Cma Cma { get; init; }

    /// <summary>Gets its store.</summary>
    public required ICmaStore Store { get; init; }

    /// <summary>Gets the certificates to show; the first is a CMA certificate, whose subject the pages are about.</summary>
    public required IReadOnlyList<ShownCertificate> Certificates { get; init; }

    /// <summary>Gets the names by which browsers reach the pages, without ports, IPv6 addresses in brackets. Requests under any other name are refused: a page of a stranger, whose name leads here, would else read and write as the operator.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Gets who is accepted by his TLS certificate; null where nobody is, and the pages are read from this machine alone.</summary>
    public PeerTrust? Clients { get; init; }

    /// <summary>Gets who may revoke and restore users. Who may approve the recovery of keys, the CMA knows.</summary>
    public IReadOnlyList<DistinguishedName> Operators { get; init; } = [];

    /// <summary>Gets the recovery options of the CMA; null where key recovery is off.</summary>
    public RecoveryOptions? Recovery { get; init; }

    /// <summary>Gets the path below which the pages are, such as <c>/cma</c>; empty for the root.</summary>
    public string Path { get; init; } = "";

    /// <summary>Gets how many rows of a table one page has.</summary>
    public int RowsPerPage { get; init; } = 50;

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
