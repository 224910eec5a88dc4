using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Server;

/// <summary>Is what an operator says of a user whom he enrols; all of it is stored at once.</summary>
/// <param name="User">The user's name. If he is enrolled already, the first name stays.</param>
/// <param name="EncryptionCertificate">The certificate to which the seed keys are sealed; that it leads to an authority is for the caller to check.</param>
public sealed record Enrolment(DistinguishedName User, Certificate EncryptionCertificate)
{
    /// <summary>Gets the certificate by which he is authenticated, for whoever accepts connections and asks the store; null leaves the one of before.</summary>
    public Certificate? AuthenticationCertificate { get; init; }

    /// <summary>Gets what he is besides: <see cref="PartyKinds.RecoveryRequester"/>, <see cref="PartyKinds.RecoveryApprover"/>, or <see cref="PartyKinds.None"/>, which takes both back; null leaves that as it is. With another encryption certificate an approver counts as one who was made now (<see cref="PeerAdministration.PutAsync"/>).</summary>
    public PartyKinds? Besides { get; init; }

    /// <summary>Gets whether he may be revoked: he gets nothing of it before that is taken back. Whose keys were stolen is so enrolled anew, and restored after that: the thief is let in at no moment.</summary>
    public bool WhileRevoked { get; init; }
}
