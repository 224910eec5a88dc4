using System.Numerics;

namespace CkiSdk.Asn1;

/// <summary>Names a number of an INTEGER, a bit of a BIT STRING, or an item of an ENUMERATED.</summary>
/// <param name="Name">The identifier in the module.</param>
/// <param name="Value">The number.</param>
public readonly record struct NamedNumber(string Name, BigInteger Value);
