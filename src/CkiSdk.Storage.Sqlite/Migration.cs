using System.Reflection;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Is one step of the schema; steps are never changed once released, and there is no way back.</summary>
/// <param name="Version">The schema version that it leads to: 1, 2, …</param>
/// <param name="Sql">Its statements.</param>
/// <param name="Complete">What it does after them that SQL cannot; null for nothing.</param>
internal sealed record Migration(int Version, string Sql, Action<SqliteSession>? Complete = null)
{
    private const int AuditChain = 3;
    private const int Marked = 8;
    private const int ShorterRows = 11;

    /// <summary>Gets all steps in their order: the files NNNN-name.sql of the folder Migrations.</summary>
    public static IReadOnlyList<Migration> All { get; } = Load();

    private static Migration[] Load()
    {
        var assembly = typeof(Migration).Assembly;
        return [.. assembly.GetManifestResourceNames().Order(StringComparer.Ordinal).Select(
            (name, index) => new Migration(index + 1, Read(assembly, name), CompletionOf(index + 1)))];
    }

    private static Action<SqliteSession>? CompletionOf(int version) => version switch
    {
        AuditChain => AuditTrail.ChainOlderEntries,
        Marked => static session =>
        {
            Answers.MarkAll(session);
            CertificateSubjects.MarkAll(session);
        }
        ,
        ShorterRows => Serials.MarkOwners,
        _ => null,
    };

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
