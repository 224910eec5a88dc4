namespace CkiSdk.Asn1;

/// <summary>Writes one value in front of what the writer holds.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="writer">The writer, which writes back to front.</param>
/// <param name="value">The value.</param>
public delegate void DerEncoder<T>(ref DerWriter writer, T value);
