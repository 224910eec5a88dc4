using System.Security.Cryptography.X509Certificates;
using System.Text;
using CkiSdk.Crypto;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Ftp;

namespace CkiSdk.Transports.Tests.Ftp;

/// <summary>Is a real FTP server in plain and one with TLS, for the tests of a class.</summary>
public sealed class FtpServers : IAsyncLifetime
{
    public VsftpdServer Plain { get; private set; } = null!;

    public VsftpdServer Tls { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Plain = await VsftpdServer.StartAsync();
        Tls = await VsftpdServer.StartAsync(useTls: true);
    }

    public async ValueTask DisposeAsync()
    {
        await Plain.DisposeAsync();
        await Tls.DisposeAsync();
    }
}

/// <summary>Makes the options for a server.</summary>
internal static class VsftpdServerExtensions
{
    public static FtpOptions Options(this VsftpdServer server, string folder)
    {
        Assert.NotEmpty(folder);
        return new FtpOptions
        {
            Host = server.UseTls ? "localhost" : "127.0.0.1", // the certificate has both
            Port = server.Port,
            UseTls = server.UseTls,
            Authorities = server.UseTls ? [X509CertificateLoader.LoadCertificateFromFile(server.AuthorityFile)] : null,
            Password = _ => ValueTask.FromResult(Secret.From(Encoding.UTF8.GetBytes(VsftpdServer.Password))),
            Folder = $"pub/{folder}",
        };
    }
}
