using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Lets all messages go by an FTP server: each authority serves a spool of its own there.</summary>
internal sealed class FtpTestWay(VsftpdServer server) : TestWay
{
    public override string RouteTo(TwoDomains domains, string authority) =>
        $"{(server.UseTls ? "ftps" : "ftp")}://anonymous@localhost:{server.Port}/pub/{authority}?password-file={server.PasswordFile}{(server.UseTls ? $"&ca-file={server.AuthorityFile}" : "")}";

    public override string[] Serve(TwoDomains domains, string authority) => ["--ftp", RouteTo(domains, authority)];
}
