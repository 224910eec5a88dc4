using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Knows what other parties are to this authority.</summary>
internal sealed class PartyDirectory(ICmaStore store)
{
    /// <summary>Finds out what a party is now.</summary>
    public async ValueTask<PartyKinds> KindsOfAsync(DistinguishedName name, CancellationToken cancellationToken)
    {
        var peer = await store.FindPeerAsync(name.Canonical, cancellationToken).ConfigureAwait(false);
        var user = await store.FindUserAsync(name.Canonical, cancellationToken).ConfigureAwait(false);
        var principals = await store.ListPrincipalsAsync(name.Canonical, cancellationToken).ConfigureAwait(false);
        var kinds = peer?.Kinds ?? PartyKinds.None;
        if (user is { IsRevoked: true })
        {
            // What somebody may do for others, or with their keys, ends with what he may do for himself.
            return (kinds & ~PartyKinds.RecoveryRequester) | PartyKinds.RevokedUser;
        }

        kinds |= user is null ? PartyKinds.None : PartyKinds.User;
        return principals.Count > 0 ? kinds | PartyKinds.Delegate : kinds;
    }
}
