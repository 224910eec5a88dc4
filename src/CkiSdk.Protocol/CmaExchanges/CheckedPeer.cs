using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Is what a peer CMA has sent, checked.</summary>
/// <param name="Certificate">His domain certificate.</param>
/// <param name="Authority">His CMA certificate.</param>
/// <param name="Group">The group of the domain certificate.</param>
/// <param name="PublicValue">Its public value, big-endian.</param>
/// <param name="Sent">All that he has sent.</param>
internal sealed record CheckedPeer(Certificate Certificate, Certificate Authority, DhGroup Group, byte[] PublicValue, PeerExchangeInfo Sent);
