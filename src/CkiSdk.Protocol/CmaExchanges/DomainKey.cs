using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Is an own domain certificate with its wrapped private key.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Group">The group of its key.</param>
/// <param name="WrappedExponent">The private exponent, wrapped under the storage key.</param>
internal sealed record DomainKey(Certificate Certificate, DhGroup Group, ReadOnlyMemory<byte> WrappedExponent);
