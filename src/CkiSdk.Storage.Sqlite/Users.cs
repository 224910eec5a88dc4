using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Holds the statements about users, who may act for them, and names.</summary>
internal static class Users
{
    private const string Select =
        "SELECT canonical_name, name, encryption_certificate, authentication_certificate, EXISTS (SELECT 1 FROM revoked_users AS r WHERE r.canonical_name = u.canonical_name) FROM users AS u";

    public static void Put(SqliteSession session, EnrolledUser user)
    {
        session.Execute("INSERT INTO users (canonical_name, name) VALUES ($1, $2) ON CONFLICT DO NOTHING", user.CanonicalName, user.Name.ToArray());
        if (!user.EncryptionCertificate.IsEmpty)
            session.Execute("UPDATE users SET encryption_certificate = $2 WHERE canonical_name = $1", user.CanonicalName, user.EncryptionCertificate.ToArray());
        if (!user.AuthenticationCertificate.IsEmpty)
            session.Execute("UPDATE users SET authentication_certificate = $2 WHERE canonical_name = $1", user.CanonicalName, user.AuthenticationCertificate.ToArray());
    }

    public static EnrolledUser? Find(SqliteSession session, string canonicalName) => session.Row(Read, $"{Select} WHERE canonical_name = $1", canonicalName);

    public static IReadOnlyList<EnrolledUser> List(SqliteSession session) => session.Rows(Read, $"{Select} ORDER BY canonical_name");

    public static void SetDelegate(SqliteSession session, StoreChange.SetDelegate set) => session.Execute(
        set.IsAllowed ? "INSERT INTO delegates (user, delegate) VALUES ($1, $2) ON CONFLICT DO NOTHING" : "DELETE FROM delegates WHERE user = $1 AND delegate = $2",
        set.User, set.Delegate);

    public static IReadOnlyList<string> Principals(SqliteSession session, string delegateName) =>
        session.Rows(row => row.Text(0), "SELECT user FROM delegates WHERE delegate = $1 ORDER BY user", delegateName);

    public static void SetCorrespondence(SqliteSession session, StoreChange.SetCorrespondence set) => session.Execute(
        set.IsFrequent ? "INSERT INTO correspondences (user, cma) VALUES ($1, $2) ON CONFLICT DO NOTHING" : "DELETE FROM correspondences WHERE user = $1 AND cma = $2",
        set.User, set.Cma);

    public static IReadOnlyList<string> Correspondents(SqliteSession session, string cma) =>
        session.Rows(row => row.Text(0), "SELECT user FROM correspondences WHERE cma = $1 ORDER BY user", cma);

    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> FindNames(SqliteSession session, IReadOnlyList<string> canonicalNames)
    {
        var names = new Dictionary<string, ReadOnlyMemory<byte>>(canonicalNames.Count, StringComparer.Ordinal);
        return session.AtOneMoment(() =>
        {
            foreach (var canonicalName in canonicalNames)
            {
                if (FindName(session, canonicalName) is { } name) names[canonicalName] = name;
            }

            return names;
        });
    }

    public static void FixName(SqliteSession session, StoreChange.FixName fix)
    {
        var isNew = session.Execute(
            "INSERT INTO names (canonical_name, name, named_by, named_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            fix.CanonicalName, fix.Name.ToArray(), fix.NamedBy, fix.NamedAt.UtcTicks) == 1;
        if (!isNew && FindName(session, fix.CanonicalName) is { } known && !known.AsSpan().SequenceEqual(fix.Name.Span)) throw StoredRecords.Stale($"the name of {fix.CanonicalName}");
    }

    public static int CountNames(SqliteSession session, string namedBy, DateTimeOffset since) =>
        (int)(long)session.Scalar("SELECT count(*) FROM names WHERE named_by = $1 AND named_at >= $2", namedBy, since.UtcTicks)!;

    private static byte[]? FindName(SqliteSession session, string canonicalName) => session.Scalar("SELECT name FROM names WHERE canonical_name = $1", canonicalName) as byte[];

    private static EnrolledUser Read(SqliteRow row) =>
        new(row.Text(0), row.Octets(1)) { EncryptionCertificate = row.Octets(2), AuthenticationCertificate = row.Octets(3), IsRevoked = row.Flag(4) };
}
