using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Puts announcements into outboxes.</summary>
internal static class Announcements
{
    /// <summary>The event of the audit log that says of an announcement that it is too large to be sent.</summary>
    public const string TooLarge = "announcement.too.large";

    /// <summary>Makes the change that puts an announcement into the outbox of its recipient. One that no frame carries would hold up all behind it: it goes into the audit log instead.</summary>
    /// <param name="recipient">The recipient in canonical form.</param>
    /// <param name="message">The announcement.</param>
    /// <param name="now">The present.</param>
    public static StoreChange Put(string recipient, PKIMessage message, DateTimeOffset now)
    {
        var octets = message.Encode();
        return octets.Length > MessageLimit.Octets
            ? new StoreChange.Audit(new AuditEntry(now, TooLarge, recipient, $"{Bodies.Find(message.Body)?.Name} of {octets.Length} octets is not sent: a message has at most {MessageLimit.Octets}"))
            : new StoreChange.Enqueue(recipient, octets) { Topic = TopicOf(message.Body) };
    }

    // The CRL of one key of an issuer, and the revoked user list of a domain, say all that the ones before said (CKI Part 2 ¶107, ¶117):
    // whoever stays away for long has the newest waiting, and not all.
    private static string? TopicOf(PKIBody body) => body switch
    {
        PKIBody.Crlann { Value.Value: { Count: 1 } lists } => $"crlann {Crls.Record(RevocationList.Decode(lists[0].Encode())).Issuer}",
        PKIBody.CkiRULann { Value: var list } => $"ckiRULann {DistinguishedName.From(list.Domain).Canonical}",
        _ => null,
    };
}
