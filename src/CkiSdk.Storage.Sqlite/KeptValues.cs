using System.Collections.Concurrent;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Keeps values of one kind by name, each once it was asked for.</summary>
internal sealed class KeptValues<T>(KeptReader reader, Func<SqliteSession, string, T> read)
{
    private readonly ConcurrentDictionary<string, T> _values = new(StringComparer.Ordinal);

    /// <summary>Returns a value.</summary>
    public T Get(string name) => _values.TryGetValue(name, out var known) ? known : Read(name);

    private T Read(string name) => _values[name] = reader.Read(session => read(session, name));
}
