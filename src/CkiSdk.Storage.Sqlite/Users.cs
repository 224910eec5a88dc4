using CkiSdk.Protocol.Server;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Reads and writes the table of users.</summary>
internal static class Users
{
    /// <summary>Adds the user, unless he is there; returns who is there.</summary>
    public static EnrolledUser Add(SqliteSession session, EnrolledUser user)
    {
        var added = session.Execute(
            "INSERT INTO users (canonical_name, name, is_revoked) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            user.CanonicalName, user.Name.ToArray(), user.IsRevoked ? 1 : 0);
        return added == 1 ? user : Find(session, user.CanonicalName)!;
    }

    /// <summary>Finds a user.</summary>
    public static EnrolledUser? Find(SqliteSession session, string canonicalName) => session.Row(
        row => new EnrolledUser(canonicalName, row.GetFieldValue<byte[]>(0), row.GetBoolean(1)),
        "SELECT name, is_revoked FROM users WHERE canonical_name = $1",
        canonicalName);

    /// <summary>Sets whether he is revoked; false where he is unknown.</summary>
    public static bool SetRevoked(SqliteSession session, string canonicalName, bool isRevoked) =>
        session.Execute("UPDATE users SET is_revoked = $2 WHERE canonical_name = $1", canonicalName, isRevoked ? 1 : 0) == 1;
}
