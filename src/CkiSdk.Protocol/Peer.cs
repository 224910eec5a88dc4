using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol;

/// <summary>Is the other party as a transport has authenticated it.</summary>
/// <param name="Name">The subject of its authentication certificate.</param>
/// <param name="Certificate">That certificate.</param>
public sealed record Peer(DistinguishedName Name, Certificate Certificate);
