using System.Runtime.InteropServices;
using CkiSdk.Crypto.Software;
using CkiSdk.TestSupport;

namespace CkiSdk.Crypto.Pkcs11.Tests;

/// <summary>Is a SoftHSM2 of this test run, with a folder of its own for tokens.</summary>
internal static partial class SoftHsm
{
    public const string Pin = "1234";
    public const string SecurityOfficerPin = "12345678";

    private static readonly TemporaryFolder Folder = new();

    static SoftHsm()
    {
        Directory.CreateDirectory(Tokens);
        var file = Folder.WriteText("softhsm2.conf", $"directories.tokendir = {Tokens}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = false\n");

        // The library reads the environment of the process itself, which is not what the framework changes; programs get the framework's.
        Environment.SetEnvironmentVariable("SOFTHSM2_CONF", file);
        Assert.Equal(0, SetNative("SOFTHSM2_CONF", file, 1));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Folder.Dispose();
    }

    /// <summary>Gets the folder in which each token has one of its own.</summary>
    public static string Tokens => Folder.PathOf("tokens");

    /// <summary>Gets the path of the library.</summary>
    public static string Path { get; } =
        Directory.EnumerateFiles("/usr/lib", "libsofthsm2.so", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None }).First();

    public static Pkcs11Module Load() => Pkcs11Module.Load(Path, CryptoProviders.Software);

    public static Secret PinSecret(string pin = Pin) => Secret.From(System.Text.Encoding.UTF8.GetBytes(pin));

    /// <summary>Makes a new token and tells its folder.</summary>
    public static string CreateToken(string label)
    {
        var before = Directory.GetDirectories(Tokens);
        ExternalProgram.RunOk("softhsm2-util", ["--init-token", "--free", "--label", label, "--so-pin", SecurityOfficerPin, "--pin", Pin]);
        return Directory.GetDirectories(Tokens).Except(before).Single();
    }

    /// <summary>Opens a token and logs in.</summary>
    public static async Task<Pkcs11Token> OpenAsync(Pkcs11Module module, string label)
    {
        var token = module.OpenToken(label);
        using var pin = PinSecret();
        Assert.True(await token.LoginAsync(pin));
        return token;
    }

    /// <summary>Runs OpenSC's tool with a login.</summary>
    public static ProgramResult Tool(string label, params string[] arguments) =>
        ExternalProgram.RunOk("pkcs11-tool", ["--module", Path, "--token-label", label, "--login", "--pin", Pin, .. arguments]);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNative(string name, string value, int overwrite);
}
