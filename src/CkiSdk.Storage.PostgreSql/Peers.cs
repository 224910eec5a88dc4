using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Holds the statements about parties, their cards and CMA certificates.</summary>
internal static class Peers
{
    private const string Select = "SELECT canonical_name, name, kinds, domain, encryption_certificate, anchor, approves_from, approver_since FROM peers";

    public static ValueTask<int> PutAsync(Session session, StoredPeer peer) => session.ExecuteAsync(
        """
        INSERT INTO peers (canonical_name, name, kinds, domain, encryption_certificate, anchor, approves_from, approver_since) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (canonical_name) DO UPDATE SET name = excluded.name, kinds = excluded.kinds, domain = excluded.domain,
          encryption_certificate = excluded.encryption_certificate, anchor = excluded.anchor, approves_from = excluded.approves_from, approver_since = excluded.approver_since
        """,
        peer.CanonicalName, peer.Name, (int)peer.Kinds, peer.Domain, peer.EncryptionCertificate, peer.Anchor, peer.ApprovesFrom?.UtcTicks, peer.ApproverSince?.UtcTicks);

    public static async ValueTask RemoveAsync(Session session, string canonicalName)
    {
        await session.ExecuteAsync("DELETE FROM peers WHERE canonical_name = $1", canonicalName).ConfigureAwait(false);
        await session.ExecuteAsync("DELETE FROM cards WHERE canonical_name = $1", canonicalName).ConfigureAwait(false);
    }

    public static ValueTask<StoredPeer?> FindAsync(Session session, string canonicalName) => session.RowAsync(Read, $"{Select} WHERE canonical_name = $1", canonicalName);

    public static ValueTask<IReadOnlyList<StoredPeer>> ListAsync(Session session) => session.RowsAsync(Read, $"{Select} ORDER BY canonical_name");

    public static ValueTask<int> PutCardAsync(Session session, StoredCard card) => session.ExecuteAsync(
        """
        INSERT INTO cards (canonical_name, content, route) VALUES ($1, $2, $3)
        ON CONFLICT (canonical_name) DO UPDATE SET content = excluded.content, route = coalesce(excluded.route, cards.route)
        """,
        card.CanonicalName, card.Content, card.Route);

    public static ValueTask<IReadOnlyList<StoredCard>> CardsAsync(Session session) => session.RowsAsync(
        row => new StoredCard(row.Text(0), row.Octets(1)) { Route = row.TextOrNull(2) }, "SELECT canonical_name, content, route FROM cards ORDER BY canonical_name");

    public static ValueTask<int> AddAuthorityAsync(Session session, StoredAuthority authority) => session.ExecuteAsync(
        "INSERT INTO authorities (cma, encoded, accepted_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", authority.Cma, authority.Encoded, authority.AcceptedAt.UtcTicks);

    public static ValueTask<int> RemoveAuthorityAsync(Session session, ReadOnlyMemory<byte> encoded) => session.ExecuteAsync(
        "DELETE FROM authorities WHERE sha256(encoded) = sha256($1::bytea)", encoded);

    public static ValueTask<IReadOnlyList<StoredAuthority>> AuthoritiesAsync(Session session) => session.RowsAsync(
        row => new StoredAuthority(row.Text(0), row.Octets(1), row.Time(2)), "SELECT cma, encoded, accepted_at FROM authorities ORDER BY number");

    private static StoredPeer Read(Row row) => new(row.Text(0), row.Octets(1), (PartyKinds)row.SmallNumber(2))
    {
        Domain = row.Octets(3),
        EncryptionCertificate = row.Octets(4),
        Anchor = row.Octets(5),
        ApprovesFrom = row.IsNull(6) ? null : row.Time(6),
        ApproverSince = row.IsNull(7) ? null : row.Time(7),
    };
}
