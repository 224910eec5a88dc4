namespace CkiSdk.Protocol.Server;

/// <summary>Is a certificate that the CMA has signed.</summary>
/// <param name="Serial">The serial number's content octets.</param>
/// <param name="Usage">What it is for: <c>send</c> or <c>receive</c>.</param>
/// <param name="Subject">The subject's name in canonical form.</param>
/// <param name="NotAfter">The last second of its validity.</param>
/// <param name="Encoded">Its DER.</param>
public sealed record IssuedCertificate(ReadOnlyMemory<byte> Serial, string Usage, string Subject, DateTimeOffset NotAfter, ReadOnlyMemory<byte> Encoded);
