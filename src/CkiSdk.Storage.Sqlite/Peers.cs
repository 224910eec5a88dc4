using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Holds the statements about parties, their cards and CMA certificates.</summary>
internal static class Peers
{
    private const string Select = "SELECT canonical_name, name, kinds, domain, encryption_certificate, anchor, approves_from, approver_since FROM peers";

    public static void Put(SqliteSession session, StoredPeer peer) => session.Execute(
        "INSERT OR REPLACE INTO peers (canonical_name, name, kinds, domain, encryption_certificate, anchor, approves_from, approver_since) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        peer.CanonicalName, peer.Name.ToArray(), (int)peer.Kinds, peer.Domain.ToArray(), peer.EncryptionCertificate.ToArray(), peer.Anchor.ToArray(), peer.ApprovesFrom?.UtcTicks, peer.ApproverSince?.UtcTicks);

    public static void Remove(SqliteSession session, string canonicalName)
    {
        session.Execute("DELETE FROM peers WHERE canonical_name = $1", canonicalName);
        session.Execute("DELETE FROM cards WHERE canonical_name = $1", canonicalName);
    }

    public static StoredPeer? Find(SqliteSession session, string canonicalName) => session.Row(Read, $"{Select} WHERE canonical_name = $1", canonicalName);

    public static IReadOnlyList<StoredPeer> List(SqliteSession session) => session.Rows(Read, $"{Select} ORDER BY canonical_name");

    public static void PutCard(SqliteSession session, StoredCard card) => session.Execute(
        "INSERT INTO cards (canonical_name, content, route) VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET content = excluded.content, route = coalesce(excluded.route, route)",
        card.CanonicalName, card.Content.ToArray(), card.Route);

    public static IReadOnlyList<StoredCard> Cards(SqliteSession session) => session.Rows(
        row => new StoredCard(row.Text(0), row.Octets(1)) { Route = row.IsNull(2) ? null : row.Text(2) }, "SELECT canonical_name, content, route FROM cards ORDER BY canonical_name");

    public static void AddAuthority(SqliteSession session, StoredAuthority authority) => session.Execute(
        "INSERT INTO authorities (cma, encoded, accepted_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        authority.Cma, authority.Encoded.ToArray(), authority.AcceptedAt.UtcTicks);

    public static void RemoveAuthority(SqliteSession session, byte[] encoded) => session.Execute("DELETE FROM authorities WHERE encoded = $1", encoded);

    public static IReadOnlyList<StoredAuthority> Authorities(SqliteSession session) => session.Rows(
        row => new StoredAuthority(row.Text(0), row.Octets(1), row.Time(2)), "SELECT cma, encoded, accepted_at FROM authorities ORDER BY number");

    private static StoredPeer Read(SqliteRow row) => new(row.Text(0), row.Octets(1), (PartyKinds)row.Number(2))
    {
        Domain = row.Octets(3),
        EncryptionCertificate = row.Octets(4),
        Anchor = row.Octets(5),
        ApprovesFrom = row.IsNull(6) ? null : row.Time(6),
        ApproverSince = row.IsNull(7) ? null : row.Time(7),
    };
}
