using System.Text.Json;
using CkiSdk.Cli.Invocation;
using CkiSdk.Protocol;

namespace CkiSdk.Cli.Tests;

/// <summary>Shows how <c>cki</c> answers to what it is asked wrongly, and its help.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("an unknown command", "Unrecognized command or argument 'dmeo'", "dmeo")]
    [InlineData("an unknown option", "Unrecognized command or argument '--colour'", "demo", "--colour")]
    [InlineData("an option without its value", "--folder", "demo", "--folder")]
    [InlineData("a command without its subcommand", "Required command was not provided", "cma")]
    [InlineData("a missing option", "'--home' is required", "cma", "run")]
    [InlineData("an empty home", "--home names no folder", "cma", "run", "--home", "")]
    [InlineData("an empty enrolment file", "--in names no file", "user", "enroll", "--home", "no-home", "--in", "")]
    [InlineData("an empty backup", "--in names no file", "restore", "--home", "no-home", "--in", "")]
    [InlineData("an empty file of a case", "--in names no file", "recovery", "approve", "--home", "no-home", "--in", "", "--out", "no-file")]
    [InlineData("an empty card", "--tlcma names no file", "cma", "init", "--home", "no-home", "--name", "CN=C,C=GB", "--domain", "C=GB", "--listen", "[::1]:829", "--tlcma", "")]
    [InlineData("an empty module", "--module names no file", "pki", "token", "list", "--module", "")]
    [InlineData("an empty folder name", "--folder names no folder", "demo", "--folder", "")]
    [InlineData("a file in place of the folder", "/dev/null is a file", "demo", "--folder", "/dev/null")]
    [InlineData("a folder below a file", "The folder /dev/null/domain cannot be used", "demo", "--folder", "/dev/null/domain")]
    [InlineData("a folder that cannot be made", "The folder /proc/domain cannot be used", "demo", "--folder", "/proc/domain")]
    [InlineData("no port", "'127.0.0.1' is no host with a port", "tlcma", "init", "--home", "/proc/domain", "--name", "CN=T", "--listen", "127.0.0.1")]
    [InlineData("no host", "'a b:829' is no host with a port", "tlcma", "init", "--home", "/proc/domain", "--name", "CN=T", "--listen", "a b:829")]
    [InlineData("a port too large", "'[::1]:65536' is no host with a port", "tlcma", "init", "--home", "/proc/domain", "--name", "CN=T", "--listen", "[::1]:65536")]
    [InlineData("a home that cannot be made", "The folder /proc/domain cannot be made", "tlcma", "init", "--home", "/proc/domain", "--name", "CN=T", "--listen", "[::1]:829")]
    [InlineData("no name", "The distinguished name is refused", "tlcma", "init", "--home", "/proc/domain", "--name", "Rocket", "--listen", "[::1]:829")]
    [InlineData("a CMA outside its domain", "is not in its own domain", "cma", "init", "--home", "no-home", "--name", "CN=C,C=GB", "--domain", "O=D,C=GB", "--listen", "[::1]:829")]
    public async Task WrongUse_Ends_WithTwoAndThePlace(string description, string place, params string[] args)
    {
        var (code, output, error) = await CkiProgram.RunInsideAsync(args);
        Assert.True(code == 2, $"{description}: {code}");
        Assert.Equal("", output);
        Assert.StartsWith("cki: ", error, StringComparison.Ordinal);
        Assert.Contains(place, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongUse_WithJson_PrintsADocument()
    {
        var (code, output, _) = await CkiProgram.RunInsideAsync(["demo", "--json", "--colour"]);
        Assert.Equal(2, code);
        Assert.False(JsonDocument.Parse(output).RootElement.GetProperty("ok").GetBoolean());
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("the program", "--help")]
    [InlineData("demo", "demo", "--help")]
    [InlineData("tlcma", "tlcma", "--help")]
    [InlineData("tlcma init", "tlcma", "init", "--help")]
    [InlineData("tlcma peer add", "tlcma", "peer", "add", "--help")]
    [InlineData("cma", "cma", "--help")]
    [InlineData("cma init", "cma", "init", "--help")]
    [InlineData("cma join", "cma", "join", "--help")]
    [InlineData("run", "cma", "run", "--help")]
    [InlineData("cma status", "cma", "status", "--help")]
    [InlineData("cma user", "cma", "user", "--help")]
    [InlineData("cma user add", "cma", "user", "add", "--help")]
    [InlineData("cma user revoke", "cma", "user", "revoke", "--help")]
    [InlineData("cma peer", "cma", "peer", "--help")]
    [InlineData("cma peer exchange", "cma", "peer", "exchange", "--help")]
    [InlineData("user", "user", "--help")]
    [InlineData("user enroll", "user", "enroll", "--help")]
    [InlineData("user seal", "user", "seal", "--help")]
    [InlineData("user open", "user", "open", "--help")]
    [InlineData("user certs", "user", "certs", "--help")]
    [InlineData("user key", "user", "key", "--help")]
    [InlineData("user key export", "user", "key", "export", "--help")]
    [InlineData("recovery", "recovery", "--help")]
    [InlineData("recovery request", "recovery", "request", "--help")]
    [InlineData("recovery approve", "recovery", "approve", "--help")]
    [InlineData("recovery take", "recovery", "take", "--help")]
    [InlineData("msg", "msg", "--help")]
    [InlineData("msg inspect", "msg", "inspect", "--help")]
    [InlineData("doctor", "doctor", "--help")]
    [InlineData("backup", "backup", "--help")]
    [InlineData("restore", "restore", "--help")]
    [InlineData("asn1", "asn1", "--help")]
    [InlineData("check", "asn1", "check", "--help")]
    [InlineData("compile", "asn1", "compile", "--help")]
    [InlineData("format", "asn1", "format", "--help")]
    [InlineData("decode", "asn1", "decode", "--help")]
    [InlineData("encode", "asn1", "encode", "--help")]
    [InlineData("dump", "asn1", "dump", "--help")]
    [InlineData("completion", "completion", "--help")]
    [InlineData("tlcma peer revoke", "tlcma", "peer", "revoke", "--help")]
    public async Task Help_Shows_OptionsExampleAndExitCodes(string description, params string[] args)
    {
        var (code, output, error) = await CkiProgram.RunInsideAsync(args);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("--help", output, StringComparison.Ordinal);
        Assert.Matches(@"Example:\n  cki (demo|tlcma|cma|user|recovery|backup|restore|msg|doctor|asn1|completion) ?", output);
        Assert.Matches("(?m)^  130  stopped", output);
        if (description is "demo") Assert.Matches("--folder <DIR>[^-]*--", output);
        if (description is "run" or "doctor" or "user seal") Assert.Matches("--home <DIR>[^-]*", output);
    }

    [Fact]
    public void Version_Is_ThatOfTheProduct()
    {
        var result = CkiProgram.Run("--version");
        Assert.Equal((0, ""), (result.ExitCode, result.Error.Trim()));
        Assert.Matches(@"^0\.1\.0", result.Text);
    }

    [Theory]
    [InlineData("no address to send to", 5, "the wire")]
    [InlineData("a refusal", 3, "the peer")]
    [InlineData("a name that no file may have", 2, "a long path")]
    [InlineData("a file that is a folder", 2, "Access to the path is denied.")]
    [InlineData("a link to nowhere", 2, "There is no such file.")]
    [InlineData("anything else", 70, "unexpected InvalidOperationException: two lines (CKI_DEBUG=1 shows where)")]
    public async Task Failure_Is_OneLineWithItsExitCode(string description, int code, string line)
    {
        Exception failure = code switch
        {
            5 => new CkiTransportException("the wire"),
            3 => new CkiProtocolException("the peer"),
            2 when line.StartsWith('A') => new UnauthorizedAccessException(line),
            2 when line.StartsWith('T') => new FileNotFoundException(line),
            2 => new PathTooLongException("a long path"),
            _ => new InvalidOperationException("two\nlines"),
        };
        using var error = new StringWriter();
        await Failures.WriteAsync(failure, error);
        Assert.Equal((description, code, $"cki: {line}\n"), (description, Failures.ExitCode(failure), error.ToString()));
    }
}
