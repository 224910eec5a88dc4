namespace CkiSdk.Protocol.Storage;

/// <summary>Identifies a transaction (profile section 4): the authenticated sender and the identifier that he chose.</summary>
/// <param name="Sender">The sender's name in canonical form.</param>
/// <param name="TransactionId">The octets of the transactionID, in hexadecimal.</param>
public sealed record TransactionKey(string Sender, string TransactionId);
