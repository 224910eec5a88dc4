using CkiSdk.Asn1.Modules.InformationFramework;

namespace CkiSdk.Protocol.Derivation;

/// <summary>Is one side of the exchange that makes an interoperability key.</summary>
/// <param name="Cma">The subject of the domain certificate, exactly as it stands there.</param>
/// <param name="Reference">That side's own reference to the key.</param>
/// <param name="DomainCertificateHash">The SHA-256 of the domain certificate.</param>
public sealed record DomainSide(Name Cma, ReadOnlyMemory<byte> Reference, ReadOnlyMemory<byte> DomainCertificateHash);
