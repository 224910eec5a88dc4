using System.Runtime.InteropServices;

namespace CkiSdk.Benchmarks.Peers;

/// <summary>Decodes certificates with libcrypto: <c>d2i_X509</c>, which parses all fields and copies, then <c>X509_free</c>.</summary>
internal static unsafe partial class OpenSslCertificates
{
    private const string Library = "libcrypto.so.3";

    /// <summary>Gets a value indicating whether the library is there.</summary>
    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(Library, out _);

    /// <summary>Decodes a certificate and frees it.</summary>
    public static void Decode(byte[] der)
    {
        fixed (byte* start = der)
        {
            var next = start;
            var certificate = Parse(0, &next, der.Length);
            if (certificate == 0)
                throw new InvalidOperationException("d2i_X509 refuses the certificate.");
            Free(certificate);
        }
    }

    [LibraryImport(Library, EntryPoint = "d2i_X509")]
    private static partial nint Parse(nint target, byte** start, long length);

    [LibraryImport(Library, EntryPoint = "X509_free")]
    private static partial void Free(nint certificate);
}
