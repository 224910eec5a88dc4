using Net.Pkcs11Interop.Common;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Is a loaded cryptoki library (PKCS #11 v2.40), through which slots and tokens are reached.</summary>
/// <remarks>
/// Initialisation belongs to the process, not to this object: all modules of one path share it, and the library is finalised when the last one is disposed.
/// Methods may be called by any thread.
/// </remarks>
public sealed class Pkcs11Module : IDisposable
{
    private readonly ModuleLibrary _library;
    private readonly CryptoProvider _software;
    private int _disposed;

    private Pkcs11Module(ModuleLibrary library, CryptoProvider software)
    {
        _library = library;
        _software = software;
    }

    /// <summary>Gets the path as it was given.</summary>
    public string Path => _library.Path;

    /// <summary>Loads and initialises a library (C_Initialize with the system's locks).</summary>
    /// <param name="path">The shared object, such as <c>/usr/lib/softhsm/libsofthsm2.so</c>.</param>
    /// <param name="software">Hashes, checks peers' public values and encodes paddings; what holds secrets stays in the token.</param>
    /// <returns>The module; disposing it unloads the library.</returns>
    /// <exception cref="CryptoProviderException">The file is no such library, or it does not initialise.</exception>
    public static Pkcs11Module Load(string path, CryptoProvider software)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(software);
        return new Pkcs11Module(ModuleLibrary.Acquire(path), software);
    }

    /// <summary>Lists the slots, those without a token included (C_GetSlotList, C_GetSlotInfo, C_GetTokenInfo).</summary>
    /// <returns>The slots in the library's order; empty if there are none.</returns>
    /// <exception cref="CryptoProviderException">The library failed.</exception>
    /// <exception cref="ObjectDisposedException">The module was unloaded.</exception>
    public IReadOnlyList<Pkcs11Slot> ListSlots()
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        try
        {
            return _library.Read(library => library.GetSlotList(SlotsType.WithOrWithoutTokenPresent).ConvertAll(SlotReader.Read));
        }
        catch (Exception exception) when (Pkcs11Errors.IsOfLibrary(exception))
        {
            throw Pkcs11Errors.Translate(exception);
        }
    }

    /// <summary>Names a token; it is looked for when it is first used, and again whenever it was away.</summary>
    /// <param name="label">The token's label. Slot numbers change, labels do not.</param>
    /// <param name="options">The limits; null for the usual ones.</param>
    /// <returns>The token, which the caller disposes.</returns>
    /// <exception cref="ObjectDisposedException">The module was unloaded.</exception>
    public Pkcs11Token OpenToken(string label, Pkcs11TokenOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        return OpenToken(new Pkcs11Uri { Token = label }, options);
    }

    /// <summary>Names a token by what a URI says of it: label, serial number, manufacturer, model, slot (RFC 7512).</summary>
    /// <param name="uri">The URI; its attributes of objects do not matter here.</param>
    /// <param name="options">The limits; null for the usual ones.</param>
    /// <returns>The token, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">The URI says nothing of a token.</exception>
    /// <exception cref="ObjectDisposedException">The module was unloaded.</exception>
    public Pkcs11Token OpenToken(Pkcs11Uri uri, Pkcs11TokenOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        if (!uri.NamesToken)
            throw new ArgumentException("The URI names no token: neither token, serial, manufacturer, model nor slot-id.", nameof(uri));
        return new Pkcs11Token(new TokenConnection(ModuleLibrary.Acquire(Path), uri, options ?? new Pkcs11TokenOptions()), _software);
    }

    /// <summary>Gives the library back; the last one unloads it (C_Finalize). Tokens that are still open keep it loaded.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _library.Release();
    }
}
