using Microsoft.Data.Sqlite;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Reads what is kept in memory, and counts how often.</summary>
internal sealed class KeptReader(SessionPool readers, string path)
{
    private int _count;

    /// <summary>Gets how many values were read.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Reads a value.</summary>
    /// <exception cref="CmaStoreException">The file failed.</exception>
    public T Read<T>(Func<SqliteSession, T> read)
    {
        Interlocked.Increment(ref _count);
        try
        {
            return readers.Read(read);
        }
        catch (SqliteException exception)
        {
            throw StoreErrors.Translate(path, exception);
        }
    }
}
