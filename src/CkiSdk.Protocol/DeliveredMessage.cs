namespace CkiSdk.Protocol;

/// <summary>Is a message as a transport delivers it: the octets, what protected them on their way, and who sent them.</summary>
/// <param name="Octets">The DER of one PKIMessage, or what claims to be one.</param>
/// <param name="Services">The services that the message really had.</param>
/// <param name="Sender">The authenticated sender; null where nobody was authenticated.</param>
public sealed record DeliveredMessage(ReadOnlyMemory<byte> Octets, SecurityServices Services, Peer? Sender);
