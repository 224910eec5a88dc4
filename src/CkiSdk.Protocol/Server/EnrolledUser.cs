namespace CkiSdk.Protocol.Server;

/// <summary>Is a user whom the CMA serves.</summary>
/// <param name="CanonicalName">His name in canonical form.</param>
/// <param name="Name">The DER of his name as first seen; every certificate of his carries exactly this (profile section 2, Names).</param>
/// <param name="IsRevoked">Whether a revoked user list names him.</param>
public sealed record EnrolledUser(string CanonicalName, ReadOnlyMemory<byte> Name, bool IsRevoked);
