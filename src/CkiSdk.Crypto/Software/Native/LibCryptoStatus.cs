using System.Diagnostics.CodeAnalysis;

namespace CkiSdk.Crypto.Software.Native;

/// <summary>Turns libcrypto's return values into exceptions.</summary>
internal static class LibCryptoStatus
{
    /// <summary>Passes a pointer on unless it is null.</summary>
    /// <exception cref="CryptoProviderException">The pointer is null.</exception>
    public static nint Require(nint pointer)
    {
        if (pointer == 0)
            Throw();
        return pointer;
    }

    /// <summary>Requires the return value 1.</summary>
    /// <exception cref="CryptoProviderException">The value is another.</exception>
    public static void Require(int result)
    {
        if (result != 1)
            Throw();
    }

    /// <summary>Reports a failure, and leaves no error behind for the framework, which shares the thread's error queue.</summary>
    /// <exception cref="CryptoProviderException">Always.</exception>
    [DoesNotReturn]
    public static void Throw()
    {
        LibCrypto.ClearErrors();
        throw new CryptoProviderException("libcrypto reported a failure.");
    }
}
