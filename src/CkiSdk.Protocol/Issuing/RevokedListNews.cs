using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Works out the announcements of a revoked user list where older ones may wait for the same recipient (CKI Part 2 ¶113, ¶117).</summary>
internal static class RevokedListNews
{
    /// <summary>
    /// Works out the announcements: the list takes the place of those that wait. Users whom these name and it does not were revoked and restored before the recipient has heard of it,
    /// and he must not use their seed key identifiers again all the same (¶115): he gets a list with them before.
    /// </summary>
    /// <param name="outbox">The outbox.</param>
    /// <param name="recipient">The recipient in canonical form.</param>
    /// <param name="domain">The CMA of the domain.</param>
    /// <param name="users">Whom the list names.</param>
    /// <param name="announce">Makes the announcement of a body to the recipient.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async ValueTask<IReadOnlyList<StoreChange>> TellAsync(
        IOutboxStore outbox, string recipient, DistinguishedName domain, IReadOnlyList<RevokedUser> users, Func<PKIBody, ValueTask<StoreChange>> announce, CancellationToken cancellationToken)
    {
        var waiting = (await outbox.ListAnnouncementsAsync(recipient, cancellationToken).ConfigureAwait(false))
            .Select(announcement => PKIMessage.Decode(announcement.Message).Body).OfType<PKIBody.CkiRULann>()
            .Where(body => DistinguishedName.From(body.Value.Domain).Equals(domain)).SelectMany(body => RevokedLists.Read(body.Value.List));
        var named = users.Select(user => user.CanonicalName).ToHashSet(StringComparer.Ordinal);
        var gone = waiting.Where(user => named.Add(user.CanonicalName)).ToArray();
        if (gone.Length == 0)
        {
            return [await announce(Body(users)).ConfigureAwait(false)];
        }

        var first = await announce(Body([.. users, .. gone])).ConfigureAwait(false);
        return [first is StoreChange.Enqueue enqueue ? enqueue with { Topic = $"{enqueue.Topic} before" } : first, await announce(Body(users)).ConfigureAwait(false)];

        PKIBody.CkiRULann Body(IReadOnlyList<RevokedUser> list) => new(new CKIRevokedUserListAnnContent { Domain = domain.Name, List = RevokedLists.Write(list) });
    }
}
