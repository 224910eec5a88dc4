using System.Collections.Immutable;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage;

/// <summary>Makes each change of a unit of work on a state in memory.</summary>
internal static class MemoryChanges
{
    public static MemoryState Apply(MemoryState state, StoreChange change) => change switch
    {
        StoreChange.PutUser put => PutUser(state, put.User),
        StoreChange.FixName fix => FixName(state, fix),
        StoreChange.SetDelegate set => state with { Delegates = With(state.Delegates, (set.User, set.Delegate), set.IsAllowed) },
        StoreChange.SetCorrespondence set => state with { Correspondences = With(state.Correspondences, (set.User, set.Cma), set.IsFrequent) },
        StoreChange.PutKey put => PutKey(state, put.Key),
        StoreChange.RaiseGeneration raise => RaiseGeneration(state, raise),
        StoreChange.Resume resume => Resume(state, resume),
        StoreChange.AddPairKey add => AddPairKey(state, add.Key),
        StoreChange.AddCertificate add => AddCertificate(state, add),
        StoreChange.RevokeCertificates revoke => RevokeCertificates(state, revoke),
        StoreChange.ReplaceRevokedList replace => ReplaceList(state, replace.List),
        StoreChange.Enqueue enqueue => Enqueue(state, enqueue),
        StoreChange.RemoveAnnouncements remove => state with
        {
            Outbox = state.Outbox.RemoveRange(state.Outbox.Where(entry => entry.Value.Recipient == remove.Recipient && entry.Key <= remove.Through).Select(entry => entry.Key)),
        },
        StoreChange.TakeTurn take => state.Turn == take.Before ? state with { Turn = state.Turn + 1 } : throw StoredRecords.Stale("what another work has announced or changed"),
        StoreChange.PutPeer put => state with { Peers = state.Peers.SetItem(put.Peer.CanonicalName, put.Peer) },
        StoreChange.RemovePeer remove => state with { Peers = state.Peers.Remove(remove.CanonicalName), Cards = state.Cards.Remove(remove.CanonicalName) },
        StoreChange.PutCard put => state with
        {
            Cards = state.Cards.SetItem(put.Card.CanonicalName, put.Card with { Route = put.Card.Route ?? state.Cards.GetValueOrDefault(put.Card.CanonicalName)?.Route }),
        },
        StoreChange.AddAuthority add => state.Authorities.Any(known => known.Encoded.Span.SequenceEqual(add.Authority.Encoded.Span))
            ? state
            : state with { Authorities = state.Authorities.Add(add.Authority) },
        StoreChange.RemoveAuthority remove => state with { Authorities = state.Authorities.RemoveAll(known => known.Encoded.Span.SequenceEqual(remove.Encoded.Span)) },
        StoreChange.AddRevokedAuthorityKey add => MemoryState.Hex(add.Key.Sha256) is var hash && state.RevokedKeys.ContainsKey(hash)
            ? state
            : state with { RevokedKeys = state.RevokedKeys.Add(hash, add.Key) },
        StoreChange.AddDomainKey add => state.DomainKeys.Any(known => known.Certificate.Span.SequenceEqual(add.Key.Certificate.Span))
            ? state
            : state with { DomainKeys = state.DomainKeys.Add(add.Key) },
        StoreChange.PutPendingRequest put => state with { Pending = Without(state.Pending, put.Request.Recipient, put.Request.TransactionId).Add(put.Request) },
        StoreChange.RemovePendingRequest remove => state with { Pending = Without(state.Pending, remove.Recipient, remove.TransactionId) },
        StoreChange.PutCrl put => state.Crls.TryGetValue(put.Crl.Issuer, out var known) && known.Number >= put.Crl.Number
            ? throw StoredRecords.Stale($"the CRL of {put.Crl.Issuer}")
            : state with { Crls = state.Crls.SetItem(put.Crl.Issuer, put.Crl) },
        StoreChange.PutRecoveryCase put => PutCase(state, put.Case),
        StoreChange.AddHolder add => state with { Holders = AddHolder(state.Holders, MemoryState.Hex(add.Serial), add.Holder) },
        StoreChange.RemoveHolders remove => state with { Holders = state.Holders.Remove(MemoryState.Hex(remove.Serial)) },
        StoreChange.Audit audit => Audit(state, audit.Entry),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change.GetType().Name),
    };

    private static MemoryState PutUser(MemoryState state, EnrolledUser user)
    {
        var copy = state.Users.TryGetValue(user.CanonicalName, out var known) ? known : user with { IsRevoked = false };
        if (!user.EncryptionCertificate.IsEmpty) copy = copy with { EncryptionCertificate = user.EncryptionCertificate };
        if (!user.AuthenticationCertificate.IsEmpty) copy = copy with { AuthenticationCertificate = user.AuthenticationCertificate };
        return state with { Users = state.Users.SetItem(user.CanonicalName, copy) };
    }

    private static MemoryState FixName(MemoryState state, StoreChange.FixName fix)
    {
        if (!state.Names.TryGetValue(fix.CanonicalName, out var known)) return state with { Names = state.Names.Add(fix.CanonicalName, fix) };
        return known.Name.Span.SequenceEqual(fix.Name.Span) ? state : throw StoredRecords.Stale($"the name of {fix.CanonicalName}");
    }

    private static MemoryState Enqueue(MemoryState state, StoreChange.Enqueue enqueue)
    {
        var replaced = enqueue.Topic is { } topic ? state.Outbox.Where(entry => entry.Value.Recipient == enqueue.Recipient && entry.Value.Topic == topic).Select(entry => entry.Key) : [];
        var number = state.LastAnnouncement + 1;
        return state with { LastAnnouncement = number, Outbox = state.Outbox.RemoveRange(replaced).Add(number, enqueue) };
    }

    private static MemoryState PutKey(MemoryState state, StoredInteroperabilityKey key)
    {
        StoredRecords.RequireWrapped(key);
        var place = state.Keys.FindIndex(known => known.MyReference == key.MyReference);
        if (place < 0) return state with { Keys = state.Keys.Add(key) };
        var known = state.Keys[place];
        if (known.ExternalCma != key.ExternalCma || !known.WrappedKey.Span.SequenceEqual(key.WrappedKey.Span)) throw StoredRecords.ReferenceUsed(key);
        return state with { Keys = state.Keys.SetItem(place, key with { IsRetired = known.IsRetired || key.IsRetired }) };
    }

    private static MemoryState RaiseGeneration(MemoryState state, StoreChange.RaiseGeneration raise)
    {
        var index = (raise.KeyReference, raise.User);
        return state.Generations.GetValueOrDefault(index) >= raise.AtLeast
            ? state
            : state with { Generations = state.Generations.SetItem(index, raise.AtLeast) };
    }

    private static MemoryState Resume(MemoryState before, StoreChange.Resume resume)
    {
        var (state, start) = MemoryState.ReserveTimes(before, resume.MessagesFrom, TimeSpan.FromTicks(1));
        var crls = state.Crls.Where(crl => resume.Crls.Contains(crl.Key));
        return state with
        {
            Turn = state.Turn + 1,
            ResumedAt = start,
            CountsFrom = resume.CountFrom(state.CountsFrom),
            Keys = [.. state.Keys.Select(key => key with { IsRetired = true, AskedAt = null })],
            Pending = [],
            LastAnnouncement = resume.CountFrom(state.LastAnnouncement),
            Crls = state.Crls.SetItems(crls.Select(crl => KeyValuePair.Create(crl.Key, crl.Value with { Number = resume.CountFrom(crl.Value.Number), NextUpdate = resume.At })).ToArray()),
        };
    }

    private static MemoryState AddPairKey(MemoryState state, PairKey key)
    {
        var used = state.PairKeys.SelectMany(known => new[] { known.FirstReference, known.SecondReference }).Append(null).ToHashSet();
        if (used.Contains(key.FirstReference) || (key.SecondReference is not null && used.Contains(key.SecondReference)))
            throw new InvalidOperationException($"An interoperability key with the reference {key.FirstReference} or {key.SecondReference} is stored already.");
        return state with { PairKeys = state.PairKeys.Add(key) };
    }

    private static MemoryState AddCertificate(MemoryState state, StoreChange.AddCertificate add)
    {
        var certificate = add.Certificate;
        var serial = MemoryState.Hex(certificate.Serial);
        if (state.Serials.GetValueOrDefault(serial) != add.Transaction) throw StoredRecords.NotReserved(certificate.Serial);
        if (certificate.KeyReference is { } reference
            && (state.Generations.GetValueOrDefault((reference, certificate.Subject)) > certificate.Generation || state.FindRevokedUser(certificate.Subject) is not null))
        {
            throw StoredRecords.Stale($"the seed key of {certificate.Subject}");
        }

        var ofSubject = state.CertificatesOf.GetValueOrDefault(certificate.Subject) ?? [];
        return state with
        {
            Certificates = state.Certificates.Add(serial, certificate),
            CertificatesOf = state.CertificatesOf.SetItem(certificate.Subject, ofSubject.Add(serial)),
            Holders = add.Holder is { } holder ? AddHolder(state.Holders, serial, holder) : state.Holders,
        };
    }

    private static MemoryState RevokeCertificates(MemoryState state, StoreChange.RevokeCertificates revoke)
    {
        var revoked = state.Revoked;
        foreach (var serial in state.CertificatesOf.GetValueOrDefault(revoke.Subject) ?? [])
        {
            var certificate = state.Certificates[serial];
            if (StoredRecords.IsOfUser(certificate) && certificate.NotAfter >= revoke.At && !revoked.ContainsKey(serial))
                revoked = revoked.Add(serial, new RevokedCertificate(certificate.Serial, revoke.Reason, revoke.At, certificate.NotAfter));
        }

        return state with { Revoked = revoked };
    }

    private static MemoryState ReplaceList(MemoryState state, RevokedList list)
    {
        if (state.Lists.TryGetValue((list.Domain, list.Source), out var known) && known.Time >= list.Time)
            throw StoredRecords.Stale($"the revoked user list of {list.Domain} from {list.Source}");
        return state with { Lists = state.Lists.SetItem((list.Domain, list.Source), list with { Users = [.. list.Users.OrderBy(user => user.CanonicalName, StringComparer.Ordinal)] }) };
    }

    private static ImmutableDictionary<string, ImmutableSortedSet<string>> AddHolder(ImmutableDictionary<string, ImmutableSortedSet<string>> all, string serial, string holder) =>
        all.SetItem(serial, (all.GetValueOrDefault(serial) ?? ImmutableSortedSet.Create<string>(StringComparer.Ordinal)).Add(holder));

    private static MemoryState Audit(MemoryState state, AuditEntry entry)
    {
        var head = AuditChain.Next(state.AuditHead, entry);
        return state with { Audit = state.Audit.Add(new AuditLink(head.Number, entry, head.Hash)), AuditHead = head };
    }

    private static MemoryState PutCase(MemoryState state, RecoveryCase put)
    {
        var place = state.Cases.FindIndex(known => known.Id == put.Id);
        StoredRecords.RequireFollowing(place < 0 ? null : state.Cases[place], put);
        return state with { Cases = place < 0 ? state.Cases.Add(put) : state.Cases.SetItem(place, put) };
    }

    private static ImmutableHashSet<T> With<T>(ImmutableHashSet<T> set, T item, bool isIn) => isIn ? set.Add(item) : set.Remove(item);

    private static ImmutableList<PendingRequest> Without(ImmutableList<PendingRequest> requests, string recipient, string transactionId) =>
        requests.RemoveAll(request => request.Recipient == recipient && request.TransactionId == transactionId);
}
