namespace CkiSdk.Protocol.Storage;

/// <summary>Is one change of a <see cref="UnitOfWork"/>.</summary>
public abstract record StoreChange
{
    private StoreChange()
    {
    }

    /// <summary>Adds a user, or gives the one who is there other certificates; those that are empty, and his name, stay as they are.</summary>
    /// <param name="User">The user.</param>
    public sealed record PutUser(EnrolledUser User) : StoreChange;

    /// <summary>Fixes the DER of an external user's name for all his certificates (profile section 2, Names); stale if another one is fixed.</summary>
    /// <param name="CanonicalName">His name in canonical form.</param>
    /// <param name="Name">The DER of his name.</param>
    public sealed record FixName(string CanonicalName, ReadOnlyMemory<byte> Name) : StoreChange
    {
        /// <summary>Gets the user, in canonical form, who was the first to name him; null for nobody in particular.</summary>
        public string? NamedBy { get; init; }

        /// <summary>Gets when that was.</summary>
        public DateTimeOffset NamedAt { get; init; }
    }

    /// <summary>Lets a party act for a user (CKI Part 2 ¶65), or no longer.</summary>
    /// <param name="User">The user in canonical form.</param>
    /// <param name="Delegate">The party in canonical form.</param>
    /// <param name="IsAllowed">Whether it may.</param>
    public sealed record SetDelegate(string User, string Delegate, bool IsAllowed) : StoreChange;

    /// <summary>Says that a user often communicates with an external domain (CKI Part 2 ¶62), or no longer.</summary>
    /// <param name="User">The user in canonical form.</param>
    /// <param name="Cma">The domain's CMA in canonical form.</param>
    /// <param name="IsFrequent">Whether he does.</param>
    public sealed record SetCorrespondence(string User, string Cma, bool IsFrequent) : StoreChange;

    /// <summary>Adds an interoperability key; under a known reference only everything but the key itself changes.</summary>
    /// <param name="Key">The key.</param>
    public sealed record PutKey(StoredInteroperabilityKey Key) : StoreChange;

    /// <summary>Raises the generation of a user's seed key to at least a number (profile section 1.2).</summary>
    /// <param name="KeyReference">The key's reference.</param>
    /// <param name="User">The user in canonical form.</param>
    /// <param name="AtLeast">The number.</param>
    public sealed record RaiseGeneration(string KeyReference, string User, long AtLeast) : StoreChange;

    /// <summary>Goes on with a store that was restored from a backup, although more was done than it knows: retires all interoperability keys, forgets requests without an answer, and counts from above all that may have been counted since; the next CRL is due, and what waits to be announced makes place for the present state.</summary>
    /// <param name="Crls">The own CRLs by their issuers as the store names them; they are due.</param>
    /// <param name="At">When the store was restored. What is counted goes on from its second since 1970, which is above what was counted one by one; from a million above the last where a clock has gone back.</param>
    public sealed record Resume(IReadOnlyList<string> Crls, DateTimeOffset At) : StoreChange
    {
        // Each start of a process takes message times ahead of the clock, and those who had a message know its time.
        internal static readonly TimeSpan Lead = TimeSpan.FromSeconds(30);

        /// <summary>Gets from when on messages have their times: half a minute later.</summary>
        public DateTimeOffset MessagesFrom => At + Lead;

        /// <summary>Returns from where a number goes on.</summary>
        /// <param name="number">The last that the store knows.</param>
        public long CountFrom(long number) => At.ToUnixTimeSeconds() is var second && second > number ? second : number + 1_000_000;
    }

    /// <summary>Adds a key of a pair of domains.</summary>
    /// <param name="Key">The key.</param>
    public sealed record AddPairKey(PairKey Key) : StoreChange;

    /// <summary>Adds a certificate whose serial number was reserved for the transaction.</summary>
    /// <remarks>A certificate of a user is stale if the generation of his seed key has risen or a revoked user list names him. A store notes <see cref="Holder"/> in the same transaction.</remarks>
    /// <param name="Certificate">The certificate.</param>
    /// <param name="Transaction">The transaction.</param>
    public sealed record AddCertificate(IssuedCertificate Certificate, TransactionKey Transaction) : StoreChange
    {
        /// <summary>Gets who has asked for it, in canonical form, as <see cref="AddHolder"/> notes him; null for nobody to be noted.</summary>
        public string? Holder { get; init; }
    }

    /// <summary>Revokes the unexpired certificates of a user (CKI Part 2 ¶111, ¶114).</summary>
    /// <param name="Subject">The user in canonical form.</param>
    /// <param name="Reason">The number of the RevokeUserReason.</param>
    /// <param name="At">When.</param>
    public sealed record RevokeCertificates(string Subject, int Reason, DateTimeOffset At) : StoreChange;

    /// <summary>Replaces the revoked user list of a source for a domain; stale if the stored one is not older.</summary>
    /// <param name="List">The list.</param>
    public sealed record ReplaceRevokedList(RevokedList List) : StoreChange;

    /// <summary>Puts an announcement into the outbox of a party.</summary>
    /// <param name="Recipient">The party in canonical form.</param>
    /// <param name="Message">The DER of the PKIMessage.</param>
    public sealed record Enqueue(string Recipient, ReadOnlyMemory<byte> Message) : StoreChange
    {
        /// <summary>Gets what the announcement is about, where it says everything that older ones about the same said: it takes their place in the outbox. Null where it takes nobody's.</summary>
        public string? Topic { get; init; }
    }

    /// <summary>Takes announcements out of the outbox of a party.</summary>
    /// <param name="Recipient">The party in canonical form.</param>
    /// <param name="Through">The number of the last of them.</param>
    public sealed record RemoveAnnouncements(string Recipient, long Through) : StoreChange;

    /// <summary>Makes the work stale if another one has taken a turn since the number was read: what announces, revokes, or changes keys and parties is decided by one process on the store after the other, each on what those before have left (profile section 4, Order).</summary>
    /// <param name="Before">How many had taken a turn before the work was decided.</param>
    public sealed record TakeTurn(long Before) : StoreChange;

    /// <summary>Adds or replaces a party.</summary>
    /// <param name="Peer">The party.</param>
    public sealed record PutPeer(StoredPeer Peer) : StoreChange;

    /// <summary>Removes a party and its card, if they are there.</summary>
    /// <param name="CanonicalName">The party in canonical form.</param>
    public sealed record RemovePeer(string CanonicalName) : StoreChange;

    /// <summary>Adds the card of a party, or replaces it; without a route the one of before stays.</summary>
    /// <param name="Card">The card.</param>
    public sealed record PutCard(StoredCard Card) : StoreChange;

    /// <summary>Adds a CMA certificate, unless it is there.</summary>
    /// <param name="Authority">The certificate.</param>
    public sealed record AddAuthority(StoredAuthority Authority) : StoreChange;

    /// <summary>Removes a CMA certificate, if it is there.</summary>
    /// <param name="Encoded">The DER of the certificate.</param>
    public sealed record RemoveAuthority(ReadOnlyMemory<byte> Encoded) : StoreChange;

    /// <summary>Adds the key of a CMA certificate that was revoked, unless it is there.</summary>
    /// <param name="Key">The key.</param>
    public sealed record AddRevokedAuthorityKey(RevokedAuthorityKey Key) : StoreChange;

    /// <summary>Adds a domain certificate with its key, unless it is there.</summary>
    /// <param name="Key">The key.</param>
    public sealed record AddDomainKey(StoredDomainKey Key) : StoreChange;

    /// <summary>Keeps a request until it is answered.</summary>
    /// <param name="Request">The request.</param>
    public sealed record PutPendingRequest(PendingRequest Request) : StoreChange;

    /// <summary>Forgets a request that was answered.</summary>
    /// <param name="Recipient">To whom it went, in canonical form.</param>
    /// <param name="TransactionId">Its transactionID in hexadecimal.</param>
    public sealed record RemovePendingRequest(string Recipient, string TransactionId) : StoreChange;

    /// <summary>Replaces the CRL of an issuer; stale if the stored number is not lower.</summary>
    /// <param name="Crl">The CRL.</param>
    public sealed record PutCrl(StoredCrl Crl) : StoreChange;

    /// <summary>Adds or replaces a request for recovered keys.</summary>
    /// <param name="Case">The request.</param>
    public sealed record PutRecoveryCase(RecoveryCase Case) : StoreChange;

    /// <summary>Notes who has asked for a receive certificate, so that he hears of the next one (CKI Part 2 ¶91).</summary>
    /// <param name="Serial">The content octets of the certificate's serial number.</param>
    /// <param name="Holder">The user in canonical form.</param>
    public sealed record AddHolder(ReadOnlyMemory<byte> Serial, string Holder) : StoreChange;

    /// <summary>Forgets who has asked for a receive certificate, once they have heard of the next one.</summary>
    /// <param name="Serial">The content octets of the certificate's serial number.</param>
    public sealed record RemoveHolders(ReadOnlyMemory<byte> Serial) : StoreChange;

    /// <summary>Writes an entry of the audit log.</summary>
    /// <param name="Entry">The entry.</param>
    public sealed record Audit(AuditEntry Entry) : StoreChange;
}
