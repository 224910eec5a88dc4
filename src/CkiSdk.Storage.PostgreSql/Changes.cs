using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Writes units of work.</summary>
internal static class Changes
{
    /// <summary>Writes the work, unless its transaction has ended before; an exception undoes all of it.</summary>
    public static async ValueTask<StoredAnswer?> CommitAsync(Session session, AuditTrail audit, UnitOfWork work, DateTimeOffset now)
    {
        if (work.Transaction is { } transaction)
        {
            var isNew = work.Answer is { } answer && await Answers.TryAddAsync(session, transaction, answer).ConfigureAwait(false);
            if (!isNew && await Answers.FindAsync(session, transaction).ConfigureAwait(false) is { } stored) return stored;
        }

        foreach (var change in work.Changes) await ApplyAsync(session, audit, change, now).ConfigureAwait(false);
        return work.Transaction is null ? null : work.Answer;
    }

    private static async ValueTask ApplyAsync(Session session, AuditTrail audit, StoreChange change, DateTimeOffset now)
    {
        switch (change)
        {
            case StoreChange.PutUser put: await Users.PutAsync(session, put.User).ConfigureAwait(false); break;
            case StoreChange.FixName fix: await Users.FixNameAsync(session, fix).ConfigureAwait(false); break;
            case StoreChange.SetDelegate set: await Users.SetDelegateAsync(session, set).ConfigureAwait(false); break;
            case StoreChange.SetCorrespondence set: await Users.SetCorrespondenceAsync(session, set).ConfigureAwait(false); break;
            case StoreChange.PutKey put: await InteroperabilityKeys.PutAsync(session, put.Key).ConfigureAwait(false); break;
            case StoreChange.RaiseGeneration raise: await InteroperabilityKeys.RaiseAsync(session, raise).ConfigureAwait(false); break;
            case StoreChange.Resume resume: await Resumption.ApplyAsync(session, resume).ConfigureAwait(false); break;
            case StoreChange.AddPairKey add: await InteroperabilityKeys.AddPairAsync(session, add.Key).ConfigureAwait(false); break;
            case StoreChange.AddDomainKey add: await InteroperabilityKeys.AddDomainKeyAsync(session, add.Key).ConfigureAwait(false); break;
            case StoreChange.AddCertificate add: await Certificates.AddAsync(session, add).ConfigureAwait(false); break;
            case StoreChange.AddHolder add: await Certificates.AddHolderAsync(session, add.Serial, add.Holder).ConfigureAwait(false); break;
            case StoreChange.RemoveHolders remove: await Certificates.RemoveHoldersAsync(session, remove.Serial).ConfigureAwait(false); break;
            case StoreChange.RevokeCertificates revoke: await Revocations.RevokeAsync(session, revoke).ConfigureAwait(false); break;
            case StoreChange.ReplaceRevokedList replace: await Revocations.ReplaceAsync(session, replace.List).ConfigureAwait(false); break;
            case StoreChange.PutCrl put: await Revocations.PutCrlAsync(session, put.Crl).ConfigureAwait(false); break;
            case StoreChange.Enqueue enqueue: await Announcements.AddAsync(session, enqueue, now).ConfigureAwait(false); break;
            case StoreChange.RemoveAnnouncements remove: await Announcements.RemoveAsync(session, remove).ConfigureAwait(false); break;
            case StoreChange.TakeTurn take: await Turns.TakeAsync(session, take.Before).ConfigureAwait(false); break;
            case StoreChange.PutPeer put: await Peers.PutAsync(session, put.Peer).ConfigureAwait(false); break;
            case StoreChange.RemovePeer remove: await Peers.RemoveAsync(session, remove.CanonicalName).ConfigureAwait(false); break;
            case StoreChange.PutCard put: await Peers.PutCardAsync(session, put.Card).ConfigureAwait(false); break;
            case StoreChange.AddAuthority add: await Peers.AddAuthorityAsync(session, add.Authority).ConfigureAwait(false); break;
            case StoreChange.RemoveAuthority remove: await Peers.RemoveAuthorityAsync(session, remove.Encoded).ConfigureAwait(false); break;
            case StoreChange.AddRevokedAuthorityKey add: await Revocations.AddKeyAsync(session, add.Key).ConfigureAwait(false); break;
            case StoreChange.PutPendingRequest put: await Answers.PutPendingAsync(session, put.Request).ConfigureAwait(false); break;
            case StoreChange.RemovePendingRequest remove: await Answers.RemovePendingAsync(session, remove.Recipient, remove.TransactionId).ConfigureAwait(false); break;
            case StoreChange.PutRecoveryCase put: await Recoveries.PutAsync(session, put.Case).ConfigureAwait(false); break;
            case StoreChange.Audit entry: audit.Add(entry.Entry); break;
            default: throw new ArgumentOutOfRangeException(nameof(change), change.GetType().Name);
        }
    }
}
