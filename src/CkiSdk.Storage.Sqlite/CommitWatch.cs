using System.Runtime.InteropServices;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Tells whether anybody has committed to the file, by this process or another, without a call into the kernel.</summary>
/// <remarks>
/// Each commit changes the header of the index of the write-ahead log, which lies in memory that all processes share: its place and form are documented (WAL-mode File Format, 2.1), and SQLite's own readers
/// rely on it. It is mapped as long as the session here is open, which is why it is read under a handle that counts its users.
/// </remarks>
internal sealed partial class CommitWatch : SafeHandle
{
    private const int FilePointer = 7; // SQLITE_FCNTL_FILE_POINTER
    private const int RegionLength = 32768;
    private const int ShmMapVersion = 2; // of the methods of a file; those before have no shared memory
    private const int ShmMap = 13; // its place among them, the version included

    private readonly SqliteSession _session;

    /// <summary>Opens a session and finds the header.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">SQLite cannot open the file.</exception>
    public CommitWatch(string path)
        : base(IntPtr.Zero, ownsHandle: true)
    {
        _session = new SqliteSession(path);
        _session.Run("PRAGMA query_only = ON");

        // Who has read once has the index mapped.
        _session.Scalar("SELECT count(*) FROM sqlite_schema");
        SetHandle(Map(_session.Handle));
    }

    /// <inheritdoc/>
    public override bool IsInvalid => false;

    /// <summary>Reads what the next commit of anybody changes.</summary>
    /// <returns>Null where this SQLite does not give it: then only reading the file tells.</returns>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public CommitStamp? Read()
    {
        var isUsed = false;
        try
        {
            DangerousAddRef(ref isUsed);
            return Copy(handle);
        }
        finally
        {
            if (isUsed) DangerousRelease();
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        _session.Dispose();
        return true;
    }

    private static unsafe CommitStamp? Copy(IntPtr header) => header == IntPtr.Zero ? null : *(CommitStamp*)header;

    private static unsafe IntPtr Map(IntPtr database)
    {
        IntPtr file;
        if (FileControl(database, IntPtr.Zero, FilePointer, &file) != 0 || file == IntPtr.Zero) return IntPtr.Zero;
        var methods = *(IntPtr**)file;
        if (methods is null || *(int*)methods < ShmMapVersion || methods[ShmMap] == IntPtr.Zero) return IntPtr.Zero;
        IntPtr region;
        return ((delegate* unmanaged[Cdecl]<IntPtr, int, int, int, IntPtr*, int>)methods[ShmMap])(file, 0, RegionLength, 0, &region) == 0 ? region : IntPtr.Zero;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [UnmanagedCallConv(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static unsafe partial int FileControl(IntPtr database, IntPtr name, int operation, IntPtr* result);
}
