using System.Runtime.InteropServices;
using CkiSdk.Transports.Kestrel.Tcp;

namespace CkiSdk.Transports.Kestrel.Tests.Tcp;

/// <summary>Shows that OpenSSL gives back the buffers of connections that are idle; what that comes to in memory the benchmarks tell.</summary>
public sealed class TlsBuffersTests
{
    private const int ControlMode = 33; // SSL_CTRL_MODE
    private const int ReleaseBuffers = 0x10; // SSL_MODE_RELEASE_BUFFERS

    [Fact]
    public void ReleaseWhenIdle_SetsTheMode_InEachContextThatFollows()
    {
        // Elsewhere the framework does not use OpenSSL.
        Assert.Equal(OperatingSystem.IsLinux(), TlsBuffers.ReleaseWhenIdle());
        Assert.Equal(TlsBuffers.ReleaseWhenIdle(), TlsBuffers.ReleaseWhenIdle());
        if (!OperatingSystem.IsLinux()) return;
        if (!NativeLibrary.TryLoad("libssl.so.3", out var ssl)) ssl = NativeLibrary.Load("libssl.so.1.1");
        var method = Function<Method>(ssl, "TLS_method")();
        for (var i = 0; i < 3; i++)
        {
            var context = Function<New>(ssl, "SSL_CTX_new")(method);
            Assert.NotEqual(0, context);
            Assert.Equal(ReleaseBuffers, Function<Control>(ssl, "SSL_CTX_ctrl")(context, ControlMode, new CLong(0), 0).Value & ReleaseBuffers);
            Function<Free>(ssl, "SSL_CTX_free")(context);
        }
    }

    private delegate nint Method();

    private delegate nint New(nint method);

    private delegate CLong Control(nint context, int command, CLong number, nint argument);

    private delegate void Free(nint context);

    private static T Function<T>(nint library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
