namespace CkiSdk.Pki.Keys;

/// <summary>Is an elliptic curve with a name.</summary>
/// <param name="Name">Its name, such as P-256, or its dotted object identifier.</param>
/// <param name="Bits">The size of its field in bits; 0 if it is unknown.</param>
internal sealed record NamedCurve(string Name, int Bits);
