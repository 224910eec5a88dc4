using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Owns what a cryptoki library has once per process: its initialisation, and with it all sessions and logins.</summary>
/// <remarks>Calls into the library hold a read lock; finalising and initialising it holds the write lock, so that nothing runs in it meanwhile.</remarks>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It is counted, not owned; the lock is needed to its last user's end.")]
internal sealed class ModuleLibrary
{
    private static readonly Dictionary<string, ModuleLibrary> Loaded = new(StringComparer.Ordinal);
    private static readonly Lock Gate = new();

    private readonly ReaderWriterLockSlim _use = new();
    private readonly nint _pinned; // the code stays mapped while the library is finalised and initialised again
    private IPkcs11Library _library;
    private int _users;
    private int _connected;

    private ModuleLibrary(string path)
    {
        Path = path;
        _library = LibraryLoader.Load(path);
        _ = NativeLibrary.TryLoad(path, out _pinned);
    }

    /// <summary>Gets the path as it was given.</summary>
    public string Path { get; }

    /// <summary>Gets how often the library was initialised; sessions of another count are gone.</summary>
    public int Generation { get; private set; }

    /// <summary>Gets what is known of the PINs of this library's tokens.</summary>
    public PinMemory Pins { get; } = new();

    /// <summary>Gets the library of a path, loading it for the first user.</summary>
    /// <exception cref="CryptoProviderException">It does not load or initialise.</exception>
    public static ModuleLibrary Acquire(string path)
    {
        lock (Gate)
        {
            if (!Loaded.TryGetValue(path, out var library))
                Loaded.Add(path, library = new ModuleLibrary(path));
            library._users++;
            return library;
        }
    }

    /// <summary>Gives the library back; after the last user it is finalised and unloaded.</summary>
    public void Release()
    {
        lock (Gate)
        {
            if (--_users > 0)
                return;
            Loaded.Remove(Path);
        }

        _use.EnterWriteLock();
        try
        {
            Quietly(_library.Dispose);
            if (_pinned != 0)
                NativeLibrary.Free(_pinned);
        }
        finally
        {
            _use.ExitWriteLock();
        }
    }

    /// <summary>Calls into the library.</summary>
    public T Read<T>(Func<IPkcs11Library, T> call)
    {
        _use.EnterReadLock();
        try
        {
            return call(_library);
        }
        finally
        {
            _use.ExitReadLock();
        }
    }

    /// <summary>Calls into sessions of one generation; those of an older one are never touched, because their numbers may mean others' sessions now.</summary>
    /// <exception cref="Pkcs11Exception">The generation is over (CKR_SESSION_CLOSED), or what the call throws.</exception>
    public T Read<T>(int generation, Func<T> call)
    {
        _use.EnterReadLock();
        try
        {
            return generation == Generation ? call() : throw new Pkcs11Exception("Session", CKR.CKR_SESSION_CLOSED);
        }
        finally
        {
            _use.ExitReadLock();
        }
    }

    /// <summary>Counts tokens in use, whose sessions a new initialisation would end.</summary>
    public void CountConnected(int change) => Interlocked.Add(ref _connected, change);

    /// <summary>Initialises the library again: some see a token that came back only then. Not while other tokens are in use.</summary>
    /// <param name="isDead">The library said that it is not initialised, so that there is nothing to lose.</param>
    /// <returns>Whether it was done.</returns>
    /// <exception cref="CryptoProviderException">The library does not initialise any more.</exception>
    public bool TryReinitialize(bool isDead)
    {
        _use.EnterWriteLock();
        try
        {
            if (!isDead && Volatile.Read(ref _connected) > 0)
                return false;
            Quietly(_library.Dispose);
            _library = LibraryLoader.Load(Path);
            Generation++;
            return true;
        }
        finally
        {
            _use.ExitWriteLock();
        }
    }

    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (Pkcs11Errors.IsOfLibrary(exception))
        {
            // Finalising what is not initialised, or unloading what is gone: nothing is left to do.
        }
    }
}
