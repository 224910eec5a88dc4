using System.Reflection;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Is one step of the schema; steps are never changed once released, and there is no way back.</summary>
/// <param name="Version">The schema version that it leads to: 1, 2, …</param>
/// <param name="Sql">Its statements.</param>
internal sealed record Migration(int Version, string Sql)
{
    /// <summary>Gets all steps in their order: the files NNNN-name.sql of the folder Migrations.</summary>
    public static IReadOnlyList<Migration> All { get; } = Load();

    private static Migration[] Load()
    {
        var assembly = typeof(Migration).Assembly;
        return [.. assembly.GetManifestResourceNames().Order(StringComparer.Ordinal).Select((name, index) => new Migration(index + 1, Read(assembly, name)))];
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
