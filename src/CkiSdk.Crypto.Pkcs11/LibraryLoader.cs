using System.Reflection;
using System.Runtime.InteropServices;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Loads cryptoki libraries through Pkcs11Interop.</summary>
internal static class LibraryLoader
{
    static LibraryLoader()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Pkcs11InteropFactories).Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // The program set its own, which serves as well.
        }
    }

    /// <summary>Gets what makes attributes, mechanisms and their parameters.</summary>
    public static Pkcs11InteropFactories Factories { get; } = new();

    /// <summary>Loads and initialises a library.</summary>
    /// <exception cref="CryptoProviderException">The file is no such library, or it does not initialise.</exception>
    public static IPkcs11Library Load(string path)
    {
        try
        {
            return Factories.Pkcs11LibraryFactory.LoadPkcs11Library(Factories, path, AppType.MultiThreaded);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException || Pkcs11Errors.IsOfLibrary(exception))
        {
            throw new CryptoProviderException(CryptoError.DeviceUnavailable, $"The PKCS #11 module {path} cannot be loaded: {exception.Message}", exception);
        }
    }

    // Pkcs11Interop asks for "libdl", which exists under that name only where developers' packages are installed.
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        name == "libdl" && NativeLibrary.TryLoad("libdl.so.2", out var handle) ? handle : 0;
}
