using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Holds the statements that find certificates by whose they are and until when.</summary>
internal static class CertificateSubjects
{
    /// <summary>Moves the marks from $1 to $2 into the large table.</summary>
    public const string Move = "INSERT INTO older_subjects (mark, not_after, number) SELECT mark, not_after, number FROM recent_subjects WHERE mark BETWEEN $1 AND $2";

    /// <summary>Takes the moved ones away.</summary>
    public const string RemoveMoved = "DELETE FROM recent_subjects WHERE mark BETWEEN $1 AND $2";

    /// <summary>The condition for certificates that may be of the mark $1 and end at $2 or later.</summary>
    public const string MayBe = "number IN (SELECT number FROM recent_subjects WHERE mark = $1 AND not_after >= $2 UNION ALL SELECT number FROM older_subjects WHERE mark = $1 AND not_after >= $2)";

    /// <summary>The condition for certificates that end from $1 to $2; it reads all marks, because nobody asks often.</summary>
    public const string Ends = "number IN (SELECT number FROM recent_subjects WHERE not_after BETWEEN $1 AND $2 UNION ALL SELECT number FROM older_subjects WHERE not_after BETWEEN $1 AND $2)";

    private const int MarkedAtOnce = 1 << 16;

    /// <summary>Computes the mark of certificates.</summary>
    public static long MarkOf(string subject, string usage) => Marks.Of(usage, subject);

    /// <summary>Marks the certificate that was inserted last.</summary>
    public static void Add(SqliteSession session, IssuedCertificate certificate)
    {
        session.Execute(
            "INSERT INTO recent_subjects (mark, not_after, number) VALUES ($1, $2, last_insert_rowid())", MarkOf(certificate.Subject, certificate.Usage), certificate.NotAfter.UtcTicks);
        session.Group.Subjects.Added++;
    }

    /// <summary>Marks the certificates of a table that has no marks yet.</summary>
    public static void MarkAll(SqliteSession session)
    {
        for (var last = 0L; ;)
        {
            var marks = session.Rows(
                row => (Mark: MarkOf(row.Text(1), row.Text(2)), NotAfter: row.Number(3), Number: row.Number(0)),
                "SELECT number, subject, usage, not_after FROM certificates WHERE number > $1 ORDER BY number LIMIT $2", last, MarkedAtOnce);
            foreach (var mark in marks.OrderBy(each => each.Mark))
                session.Execute("INSERT INTO older_subjects (mark, not_after, number) VALUES ($1, $2, $3)", mark.Mark, mark.NotAfter, mark.Number);
            if (marks.Count < MarkedAtOnce) return;
            last = marks[^1].Number;
        }
    }
}
