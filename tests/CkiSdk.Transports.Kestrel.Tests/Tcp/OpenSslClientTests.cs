using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Kestrel.Tests.Tcp;

/// <summary>Another implementation of TLS speaks with the listener: octets in, octets out.</summary>
public sealed class OpenSslClientTests
{
    [Fact]
    public async Task Client_GetsTheFramesOfRfc2510()
    {
        await using var listener = await Loopback.ListenAsync(new ScriptedParty());

        // One request, one flag that no frame has: the listener answers both and closes, which ends the program.
        var result = await RunAsync(listener.EndPoint.Port, Hex.Decode("00000003 00 3001 00000003 07 3000"));
        Assert.Equal("00000003050130" + "0000001A06", Hex.Encode(result.Output)[..24]);
        Assert.EndsWith("No frame has the flag 07.", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_WithTls12_GetsNothing()
    {
        await using var listener = await Loopback.ListenAsync(new ScriptedParty());
        var result = await RunAsync(listener.EndPoint.Port, Hex.Decode("00000003 00 3001"), "-tls1_2");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Empty(result.Output);
    }

    private static async Task<ProgramResult> RunAsync(int port, byte[] input, params string[] more)
    {
        using var folder = new TemporaryFolder();
        using var key = TestAuthority.Client.GetECDsaPrivateKey()!;
        string[] arguments =
        [
            "s_client", "-quiet", "-connect", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
            "-cert", folder.WriteText("client.pem", TestAuthority.Client.ExportCertificatePem()),
            "-key", folder.WriteText("client.key", key.ExportPkcs8PrivateKeyPem()),
            "-CAfile", folder.WriteText("anchor.pem", TestAuthority.Trusted.Anchor.ToPem()), "-verify_return_error",
            .. more,
        ];
        return await Task.Run(() => ExternalProgram.Run("openssl", arguments, input), TestContext.Current.CancellationToken);
    }
}
