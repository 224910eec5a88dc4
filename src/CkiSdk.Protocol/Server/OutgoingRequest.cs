using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol.Server;

/// <summary>Is a request of an authority that waits for its answer; it is stored before it is sent, and sent again, octet for octet, until it has one.</summary>
/// <param name="Recipient">To whom it goes.</param>
/// <param name="TransactionId">Its transactionID in hexadecimal.</param>
/// <param name="Octets">The DER of the PKIMessage.</param>
public sealed record OutgoingRequest(DistinguishedName Recipient, string TransactionId, ReadOnlyMemory<byte> Octets);
