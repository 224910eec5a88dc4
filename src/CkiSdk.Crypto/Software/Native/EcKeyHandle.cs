using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software.Native;

/// <summary>Owns an EC_KEY of libcrypto, which clears its private number when it is released; any number of threads may use it at once.</summary>
internal sealed class EcKeyHandle : SafeHandle
{
    private const byte Uncompressed = 4;

    // Making a curve costs as much as half a signature; a key takes a copy for a tenth of that.
    private static readonly ConcurrentDictionary<int, nint> Curves = new();

    /// <summary>Makes an empty key.</summary>
    public EcKeyHandle()
        : base(0, ownsHandle: true) => SetHandle(LibCryptoStatus.Require(LibCrypto.NewEcKey()));

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Takes a public key.</summary>
    /// <param name="curve">OpenSSL's number of the curve.</param>
    /// <param name="point">An uncompressed point (SEC 1 §2.3.3).</param>
    /// <returns>The key, or <see langword="null"/> if the octets are no such point, or it does not lie on the curve.</returns>
    public static EcKeyHandle? FromPoint(int curve, ReadOnlySpan<byte> point)
    {
        if (point.IsEmpty || point[0] != Uncompressed)
            return null;
        var key = new EcKeyHandle();
        LibCryptoStatus.Require(LibCrypto.SetCurve(key, Curves.GetOrAdd(curve, static number => LibCryptoStatus.Require(LibCrypto.NewCurve(number)))));
        if (LibCrypto.SetPoint(key, point, (nuint)point.Length, 0) == 1)
            return key;
        key.Dispose();
        LibCrypto.ClearErrors();
        return null;
    }

    /// <summary>Copies a private key of the framework, which checked it when it was imported.</summary>
    public static EcKeyHandle From(int curve, ECDsa key)
    {
        var numbers = key.ExportParameters(includePrivateParameters: true);
        try
        {
            var copy = FromPoint(curve, [Uncompressed, .. numbers.Q.X!, .. numbers.Q.Y!]) ?? throw new CryptographicException("The public point is not on its curve.");
            LibCryptoStatus.Require(LibCrypto.SetPrivateNumber(copy, numbers.D, (nuint)numbers.D!.Length));
            return copy;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(numbers.D);
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeEcKey(handle);
        return true;
    }
}
