using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Writes units of work.</summary>
internal static class Changes
{
    /// <summary>Writes the work, unless its transaction has ended before; an exception undoes all of it.</summary>
    public static StoredAnswer? Commit(SqliteSession session, UnitOfWork work, AnswerBody body, DateTimeOffset now)
    {
        if (work.Transaction is { } transaction)
        {
            var isNew = work.Answer is { } answer && Answers.TryAdd(session, transaction, answer, body);
            if (!isNew && Answers.Find(session, transaction) is { } stored) return stored;
        }

        foreach (var change in work.Changes) Apply(session, change, now);
        return work.Transaction is null ? null : work.Answer;
    }

    private static void Apply(SqliteSession session, StoreChange change, DateTimeOffset now)
    {
        switch (change)
        {
            case StoreChange.PutUser put: Users.Put(session, put.User); break;
            case StoreChange.FixName fix: Users.FixName(session, fix); break;
            case StoreChange.SetDelegate set: Users.SetDelegate(session, set); break;
            case StoreChange.SetCorrespondence set: Users.SetCorrespondence(session, set); break;
            case StoreChange.PutKey put: InteroperabilityKeys.Put(session, put.Key); break;
            case StoreChange.RaiseGeneration raise: InteroperabilityKeys.Raise(session, raise); break;
            case StoreChange.Resume resume: Resumption.Apply(session, resume); break;
            case StoreChange.AddPairKey add: InteroperabilityKeys.AddPair(session, add.Key); break;
            case StoreChange.AddDomainKey add: InteroperabilityKeys.AddDomainKey(session, add.Key); break;
            case StoreChange.AddCertificate add: Certificates.Add(session, add); break;
            case StoreChange.AddHolder add: Certificates.AddHolder(session, add); break;
            case StoreChange.RemoveHolders remove: Certificates.RemoveHolders(session, remove.Serial.ToArray()); break;
            case StoreChange.RevokeCertificates revoke: Revocations.Revoke(session, revoke); break;
            case StoreChange.ReplaceRevokedList replace: Revocations.Replace(session, replace.List); break;
            case StoreChange.PutCrl put: Revocations.PutCrl(session, put.Crl); break;
            case StoreChange.Enqueue enqueue: Announcements.Add(session, enqueue, now); break;
            case StoreChange.RemoveAnnouncements remove: Announcements.Remove(session, remove); break;
            case StoreChange.TakeTurn take: Turns.Take(session, take.Before); break;
            case StoreChange.PutPeer put: Peers.Put(session, put.Peer); break;
            case StoreChange.RemovePeer remove: Peers.Remove(session, remove.CanonicalName); break;
            case StoreChange.PutCard put: Peers.PutCard(session, put.Card); break;
            case StoreChange.AddAuthority add: Peers.AddAuthority(session, add.Authority); break;
            case StoreChange.RemoveAuthority remove: Peers.RemoveAuthority(session, remove.Encoded.ToArray()); break;
            case StoreChange.AddRevokedAuthorityKey add: Revocations.AddKey(session, add.Key); break;
            case StoreChange.PutPendingRequest put: Answers.PutPending(session, put.Request); break;
            case StoreChange.RemovePendingRequest remove: Answers.RemovePending(session, remove.Recipient, remove.TransactionId); break;
            case StoreChange.PutRecoveryCase put: Recoveries.Put(session, put.Case); break;
            case StoreChange.Audit audit: AuditTrail.Add(session, audit.Entry); break;
            default: throw new ArgumentOutOfRangeException(nameof(change), change.GetType().Name);
        }
    }
}
