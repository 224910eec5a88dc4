namespace CkiSdk.Protocol.Storage;

/// <summary>Is a certificate of this authority that was revoked before its end.</summary>
/// <param name="Serial">The serial number's content octets.</param>
/// <param name="Reason">The number of the RevokeUserReason that led to it (CKI Part 2 ¶42).</param>
/// <param name="RevokedAt">When.</param>
/// <param name="NotAfter">The end of its validity. A receive certificate leaves the CRL then, a send certificate some years later.</param>
public sealed record RevokedCertificate(ReadOnlyMemory<byte> Serial, int Reason, DateTimeOffset RevokedAt, DateTimeOffset NotAfter);
