using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Puts announcements into outboxes.</summary>
internal static class Announcements
{
    // The event of the audit log, and who is meant by a CRL.
    private const string TooLarge = "announcement.too.large";
    private const string Everybody = "all";

    /// <summary>Makes the entry of the audit log about a CRL that no frame carries: those for whom it is meant do not get it, and whoever operates this CMA must know.</summary>
    /// <param name="list">The CRL.</param>
    /// <param name="now">The present.</param>
    public static StoreChange NoteLarge(RevocationList list, DateTimeOffset now) => Note(
        Everybody, $"the CRL {list.Number} of {list.Encoded.Length} octets is not sent: a CRL has at most {MessageLimit.OctetsOfBody}", now);

    /// <summary>Tells whether an announcement to somebody is among those that no frame carries; CRLs, which are for all, do not count.</summary>
    /// <param name="changes">The changes.</param>
    public static bool AreLeftOut(IEnumerable<StoreChange> changes) => changes.Any(change => change is StoreChange.Audit { Entry: { Event: TooLarge, Party: not Everybody } });

    /// <summary>Makes the change that puts an announcement into the outbox of its recipient. One that no frame carries would hold up all behind it: it goes into the audit log instead.</summary>
    /// <param name="recipient">The recipient in canonical form.</param>
    /// <param name="message">The announcement.</param>
    /// <param name="now">The present.</param>
    public static StoreChange Put(string recipient, PKIMessage message, DateTimeOffset now)
    {
        var octets = message.Encode();
        return octets.Length > MessageLimit.Octets
            ? Note(recipient, $"{Bodies.Find(message.Body)?.Name} of {octets.Length} octets is not sent: a message has at most {MessageLimit.Octets}", now)
            : new StoreChange.Enqueue(recipient, octets) { Topic = TopicOf(message.Body) };
    }

    private static StoreChange.Audit Note(string recipient, string detail, DateTimeOffset now) => new(new AuditEntry(now, TooLarge, recipient, detail));

    // The CRL of one key of an issuer, and the revoked user list of a domain, say all that the ones before said (CKI Part 2 ¶107, ¶117):
    // whoever stays away for long has the newest waiting, and not all.
    private static string? TopicOf(PKIBody body) => body switch
    {
        PKIBody.Crlann { Value.Value: { Count: 1 } lists } => $"crlann {Crls.Record(RevocationList.Decode(lists[0].Encode())).Issuer}",
        PKIBody.CkiRULann { Value: var list } => $"ckiRULann {DistinguishedName.From(list.Domain).Canonical}",
        _ => null,
    };
}
