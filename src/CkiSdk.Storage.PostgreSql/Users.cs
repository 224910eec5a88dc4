using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Holds the statements about users, who may act for them, and names.</summary>
internal static class Users
{
    private const string Select =
        "SELECT canonical_name, name, encryption_certificate, authentication_certificate, EXISTS (SELECT 1 FROM revoked_users AS r WHERE r.canonical_name = u.canonical_name) FROM users AS u";

    public static ValueTask<int> PutAsync(Session session, EnrolledUser user) => session.ExecuteAsync(
        """
        INSERT INTO users (canonical_name, name, encryption_certificate, authentication_certificate) VALUES ($1, $2, $3, $4)
        ON CONFLICT (canonical_name) DO UPDATE SET encryption_certificate = coalesce(excluded.encryption_certificate, users.encryption_certificate),
          authentication_certificate = coalesce(excluded.authentication_certificate, users.authentication_certificate)
          WHERE excluded.encryption_certificate IS NOT NULL OR excluded.authentication_certificate IS NOT NULL
        """,
        user.CanonicalName, user.Name, user.EncryptionCertificate.IsEmpty ? null : (object)user.EncryptionCertificate,
        user.AuthenticationCertificate.IsEmpty ? null : (object)user.AuthenticationCertificate);

    public static ValueTask<EnrolledUser?> FindAsync(Session session, string canonicalName) => session.RowAsync(Read, $"{Select} WHERE canonical_name = $1", canonicalName);

    public static ValueTask<IReadOnlyList<EnrolledUser>> ListAsync(Session session) => session.RowsAsync(Read, $"{Select} ORDER BY canonical_name");

    public static ValueTask<int> SetDelegateAsync(Session session, StoreChange.SetDelegate set) => session.ExecuteAsync(
        set.IsAllowed ? "INSERT INTO delegates (user_name, delegate) VALUES ($1, $2) ON CONFLICT DO NOTHING" : "DELETE FROM delegates WHERE user_name = $1 AND delegate = $2",
        set.User, set.Delegate);

    public static ValueTask<IReadOnlyList<string>> PrincipalsAsync(Session session, string delegateName) =>
        session.RowsAsync(row => row.Text(0), "SELECT user_name FROM delegates WHERE delegate = $1 ORDER BY user_name", delegateName);

    public static ValueTask<int> SetCorrespondenceAsync(Session session, StoreChange.SetCorrespondence set) => session.ExecuteAsync(
        set.IsFrequent ? "INSERT INTO correspondences (user_name, cma) VALUES ($1, $2) ON CONFLICT DO NOTHING" : "DELETE FROM correspondences WHERE user_name = $1 AND cma = $2",
        set.User, set.Cma);

    public static ValueTask<IReadOnlyList<string>> CorrespondentsAsync(Session session, string cma) =>
        session.RowsAsync(row => row.Text(0), "SELECT user_name FROM correspondences WHERE cma = $1 ORDER BY user_name", cma);

    public static async ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> FindNamesAsync(Session session, IReadOnlyList<string> canonicalNames)
    {
        var found = await session.RowsAsync(
            row => KeyValuePair.Create<string, ReadOnlyMemory<byte>>(row.Text(0), row.Octets(1)),
            "SELECT canonical_name, name FROM names WHERE canonical_name = ANY($1)", (object)canonicalNames.ToArray()).ConfigureAwait(false);
        return new Dictionary<string, ReadOnlyMemory<byte>>(found, StringComparer.Ordinal);
    }

    public static async ValueTask FixNameAsync(Session session, StoreChange.FixName fix)
    {
        var isNew = await session.ExecuteAsync(
            "INSERT INTO names (canonical_name, name, named_by, named_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            fix.CanonicalName, fix.Name, fix.NamedBy, fix.NamedAt.UtcTicks).ConfigureAwait(false) == 1;
        if (isNew) return;
        var known = await FindNamesAsync(session, [fix.CanonicalName]).ConfigureAwait(false);
        if (known.TryGetValue(fix.CanonicalName, out var name) && !name.Span.SequenceEqual(fix.Name.Span)) throw StoredRecords.Stale($"the name of {fix.CanonicalName}");
    }

    public static async ValueTask<int> CountNamesAsync(Session session, string namedBy, DateTimeOffset since) =>
        (int)(long)(await session.ScalarAsync("SELECT count(*) FROM names WHERE named_by = $1 AND named_at >= $2", namedBy, since.UtcTicks).ConfigureAwait(false))!;

    private static EnrolledUser Read(Row row) =>
        new(row.Text(0), row.Octets(1)) { EncryptionCertificate = row.Octets(2), AuthenticationCertificate = row.Octets(3), IsRevoked = row.Flag(4) };
}
