namespace CkiSdk.Asn1;

/// <summary>Holds the number of elements of a list whose elements were checked and not kept.</summary>
/// <param name="Count">The number.</param>
public readonly record struct ElementCount(int Count);
