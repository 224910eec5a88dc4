namespace CkiSdk.Benchmarks.Peers;

/// <summary>Holds a PrivateKeyUsagePeriod.</summary>
internal sealed record HandPeriod(DateTimeOffset? NotBefore, DateTimeOffset? NotAfter);

/// <summary>Holds BasicConstraints.</summary>
internal sealed record HandConstraints(bool IsAuthority, ReadOnlyMemory<byte>? PathLength);

/// <summary>Holds an AuthorityKeyIdentifier.</summary>
internal sealed record HandAuthority(ReadOnlyMemory<byte>? Key, List<HandName>? Issuer, ReadOnlyMemory<byte>? SerialNumber);

/// <summary>Holds a DistributionPoint.</summary>
internal sealed record HandPoint(List<HandName>? FullName, ReadOnlyMemory<byte>? RelativeName, System.Collections.BitArray? Reasons, List<HandName>? Issuer);

/// <summary>Holds a PolicyInformation.</summary>
internal sealed record HandPolicy(string Oid, List<HandAttribute>? Qualifiers);

/// <summary>Holds an AccessDescription.</summary>
internal sealed record HandAccess(string Method, HandName Location);

/// <summary>Holds a GeneralName.</summary>
internal sealed record HandName(int Kind, string? Text, ReadOnlyMemory<byte> Encoded, HandAttribute[][]? Directory);
