namespace CkiSdk.Protocol.Storage;

/// <summary>Is the latest CRL of an issuer under one of its keys.</summary>
/// <param name="Issuer">The issuer's name in canonical form, and the identifier of the key that signed, in hexadecimal, separated by a blank.</param>
/// <param name="Number">Its cRLNumber; only a higher one replaces it (profile section 4).</param>
/// <param name="NextUpdate">When the next is due.</param>
/// <param name="Encoded">The DER of the CertificateList.</param>
public sealed record StoredCrl(string Issuer, long Number, DateTimeOffset NextUpdate, ReadOnlyMemory<byte> Encoded);
