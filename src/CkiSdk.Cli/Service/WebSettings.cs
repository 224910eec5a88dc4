using CkiSdk.Pki.Names;

namespace CkiSdk.Cli.Service;

/// <summary>Says how the web pages of a CMA are shown.</summary>
/// <param name="Address">Where to listen, HOST:PORT.</param>
/// <param name="IsTls">Whether with TLS on an address of this machine, too.</param>
/// <param name="Operators">Who may revoke and restore users.</param>
/// <param name="Hosts">Further names under which browsers reach them.</param>
internal sealed record WebSettings(string Address, bool IsTls, IReadOnlyList<DistinguishedName> Operators, IReadOnlyList<string> Hosts);
