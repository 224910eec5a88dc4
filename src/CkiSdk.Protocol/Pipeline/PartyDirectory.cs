using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Knows what other parties are to this authority.</summary>
internal sealed class PartyDirectory(ICmaStore store)
{
    /// <summary>Finds out what a party is now.</summary>
    public async ValueTask<PartyKinds> KindsOfAsync(DistinguishedName name, CancellationToken cancellationToken) =>
        KindsOf(name, await store.StateAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Finds out what a party is, where one looks at the state already.</summary>
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
