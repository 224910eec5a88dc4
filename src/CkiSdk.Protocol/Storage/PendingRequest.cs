namespace CkiSdk.Protocol.Storage;

/// <summary>Is a request of one's own that has no final answer yet; it is sent again, under the same transaction, until it has (profile section 4).</summary>
/// <param name="Recipient">To whom it goes, in canonical form.</param>
/// <param name="TransactionId">The octets of its transactionID, in hexadecimal.</param>
/// <param name="Message">The DER of the PKIMessage.</param>
/// <param name="SentAt">When it was made.</param>
public sealed record PendingRequest(string Recipient, string TransactionId, ReadOnlyMemory<byte> Message, DateTimeOffset SentAt);
