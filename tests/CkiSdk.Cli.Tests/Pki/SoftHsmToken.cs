using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Is a token of SoftHSM2 for programs that get its configuration by their environment.</summary>
internal sealed class SoftHsmToken
{
    public SoftHsmToken(TemporaryFolder folder, string label, string pin)
    {
        Directory.CreateDirectory(folder.PathOf("tokens"));
        Configuration = folder.WriteText("softhsm2.conf", $"directories.tokendir = {folder.PathOf("tokens")}\nlog.level = ERROR\n");
        ExternalProgram.RunOk("env", [$"SOFTHSM2_CONF={Configuration}", "softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", "12345678", "--pin", pin]);
    }

    /// <summary>Gets the library.</summary>
    public string Module { get; } =
        Directory.EnumerateFiles("/usr/lib", "libsofthsm2.so", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None }).First();

    /// <summary>Gets the value of SOFTHSM2_CONF.</summary>
    public string Configuration { get; }
}
