namespace CkiSdk.Asn1;

/// <summary>Reads one value.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="reader">Stands at the first octet of the value, afterwards behind its last.</param>
/// <exception cref="DerException">The octets are not the DER of the type.</exception>
public delegate T DerDecoder<T>(ref DerReader reader);
