namespace CkiSdk.Asn1.Tests;

/// <summary>A difference from an oracle that is known and meant.</summary>
/// <param name="Read">The name of the read.</param>
/// <param name="Reason">Why the two differ.</param>
/// <param name="Example">Octets on which they do, in hexadecimal.</param>
/// <param name="Explains">Tells for an input, our verdict and the oracle's whether this is why they differ.</param>
public sealed record Divergence(string Read, string Reason, string Example, Func<byte[], string, string, bool> Explains);
