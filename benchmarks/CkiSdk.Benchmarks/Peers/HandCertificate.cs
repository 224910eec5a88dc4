namespace CkiSdk.Benchmarks.Peers;

/// <summary>Holds a certificate as code written by hand for AsnReader would: all fields, values of open types as slices.</summary>
internal sealed record HandCertificate(
    int Version,
    ReadOnlyMemory<byte> SerialNumber,
    HandAlgorithm Signature,
    HandAttribute[][] Issuer,
    HandTime NotBefore,
    HandTime NotAfter,
    HandAttribute[][] Subject,
    HandAlgorithm KeyAlgorithm,
    HandBits PublicKey,
    HandBits? IssuerUniqueId,
    HandBits? SubjectUniqueId,
    HandExtension[]? Extensions,
    HandAlgorithm SignatureAlgorithm,
    HandBits SignatureValue);

/// <summary>Holds an AlgorithmIdentifier.</summary>
internal sealed record HandAlgorithm(string Oid, ReadOnlyMemory<byte>? Parameters);

/// <summary>Holds an AttributeTypeAndValue.</summary>
internal sealed record HandAttribute(string Oid, ReadOnlyMemory<byte> Value);

/// <summary>Holds an Extension.</summary>
internal sealed record HandExtension(string Oid, bool Critical, ReadOnlyMemory<byte> Value);

/// <summary>Holds a Time.</summary>
internal readonly record struct HandTime(DateTimeOffset Value, bool IsUtc);

/// <summary>Holds a BIT STRING.</summary>
internal readonly record struct HandBits(ReadOnlyMemory<byte> Octets, int UnusedBits);
