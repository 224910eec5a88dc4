namespace CkiSdk.Protocol.Storage;

/// <summary>Is a user of the CMA's own domain.</summary>
/// <param name="CanonicalName">His name in canonical form, under which he is found.</param>
/// <param name="Name">The DER of his name as it stands in all his certificates.</param>
public sealed record EnrolledUser(string CanonicalName, ReadOnlyMemory<byte> Name)
{
    /// <summary>Gets the DER of the certificate to which his keys are sealed; empty where none is known.</summary>
    public ReadOnlyMemory<byte> EncryptionCertificate { get; init; }

    /// <summary>Gets the DER of the certificate with which he authenticates himself: no other one is accepted, because somebody else may have the keys of those before. Empty where none is known, so that any counts that leads to an authority.</summary>
    public ReadOnlyMemory<byte> AuthenticationCertificate { get; init; }

    /// <summary>Gets whether any revoked user list names him now. The store works it out; it is not read when a user is added.</summary>
    public bool IsRevoked { get; init; }
}
