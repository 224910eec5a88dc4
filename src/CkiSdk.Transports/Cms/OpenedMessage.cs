using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol;

namespace CkiSdk.Transports.Cms;

/// <summary>Is a message that arrived as CMS.</summary>
/// <param name="Octets">What was inside.</param>
/// <param name="Services">The services that it really had.</param>
/// <param name="Sender">Who signed it; null where nobody did, or nobody whom we accept.</param>
/// <param name="Receives">The certificate to which the sender wants to have his answers encrypted; null where he sent none that is trusted.</param>
public sealed record OpenedMessage(ReadOnlyMemory<byte> Octets, SecurityServices Services, Peer? Sender, Certificate? Receives);
