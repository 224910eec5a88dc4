using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Knows what other parties are to this authority.</summary>
internal static class PartyDirectory
{
    /// <summary>Finds out what a party is.</summary>
    public static PartyKinds KindsOf(DistinguishedName name, IStateView state)
    {
        var (peer, user, principals) = (state.FindPeer(name.Canonical), state.FindUser(name.Canonical), state.ListPrincipals(name.Canonical));
        var kinds = peer?.Kinds ?? PartyKinds.None;
        if (user is { IsRevoked: true })
        {
            // What somebody may do for others, or with their keys, ends with what he may do for himself.
            return (kinds & ~(PartyKinds.RecoveryRequester | PartyKinds.RecoveryApprover)) | PartyKinds.RevokedUser;
        }

        kinds |= user is null ? PartyKinds.None : PartyKinds.User;
        return principals.Count > 0 ? kinds | PartyKinds.Delegate : kinds;
    }
}
