using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CkiSdk.Transports.Kestrel.Tcp;

/// <summary>Lets OpenSSL give back the two buffers of a whole record, 16 KiB each, that every connection over TLS has, as soon as nothing is in them: of what an idle connection takes they are two thirds.</summary>
/// <remarks>
/// The framework has no setting for it. OpenSSL's own, <c>SSL_MODE_RELEASE_BUFFERS</c>, is made in each <c>SSL_CTX</c> of this process when it is created: whoever asks
/// for room for data of his own in these objects (<c>CRYPTO_get_ex_new_index</c>) is called with each new one. Where OpenSSL is not what the framework uses, nothing happens.
/// </remarks>
internal static unsafe class TlsBuffers
{
    private const int ClassOfContexts = 1; // CRYPTO_EX_INDEX_SSL_CTX
    private const int ControlMode = 33; // SSL_CTRL_MODE
    private const int ReleaseBuffers = 0x10; // SSL_MODE_RELEASE_BUFFERS

    // As the framework looks for them; libssl brings the libcrypto along that belongs to it.
    private static readonly string[] Versions = ["3", "1.1"];

    private static readonly Lazy<bool> IsSet = new(Set);
    private static delegate* unmanaged<nint, int, CLong, nint, CLong> _control;

    /// <summary>Sets it for connections to come, once in a process.</summary>
    /// <returns>Whether OpenSSL is there and has taken the wish.</returns>
    public static bool ReleaseWhenIdle() => IsSet.Value;

    private static bool Set()
    {
        if (!OperatingSystem.IsLinux()) return false;
        foreach (var version in Versions)
        {
            if (!NativeLibrary.TryLoad($"libssl.so.{version}", out var ssl) || !NativeLibrary.TryLoad($"libcrypto.so.{version}", out var crypto)) continue;
            if (!NativeLibrary.TryGetExport(ssl, "SSL_CTX_ctrl", out var control) || !NativeLibrary.TryGetExport(crypto, "CRYPTO_get_ex_new_index", out var register)) continue;
            _control = (delegate* unmanaged<nint, int, CLong, nint, CLong>)control;
            delegate* unmanaged[Cdecl]<nint, nint, nint, int, CLong, nint, void> created = &Created;
            return ((delegate* unmanaged<int, CLong, nint, nint, nint, nint, int>)register)(ClassOfContexts, new CLong(0), 0, (nint)created, 0, 0) >= 0;
        }

        return false;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Created(nint context, nint value, nint all, int index, CLong number, nint argument) => _ = _control(context, ControlMode, new CLong(ReleaseBuffers), 0);
}
