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
    [InlineData("a missing option", "'--folder' is required", "cma", "run")]
    [InlineData("an empty folder name", "--folder names no folder", "demo", "--folder", "")]
    [InlineData("a file in place of the folder", "/dev/null is a file", "demo", "--folder", "/dev/null")]
    [InlineData("a folder below a file", "The folder /dev/null/domain cannot be used", "demo", "--folder", "/dev/null/domain")]
    [InlineData("a folder that cannot be made", "The folder /proc/domain cannot be used", "demo", "--folder", "/proc/domain")]
    [InlineData("no folder of a CMA", "There is no folder /proc/domain", "cma", "run", "--folder", "/proc/domain")]
    [InlineData("no port", "'127.0.0.1' is no address with a port", "cma", "run", "--folder", "/proc", "--listen", "127.0.0.1")]
    [InlineData("no address", "'localhost:829' is no address with a port", "cma", "run", "--folder", "/proc", "--listen", "localhost:829")]
    [InlineData("a port too large", "'[::1]:65536' is no address with a port", "cma", "run", "--folder", "/proc", "--listen", "[::1]:65536")]
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
    [InlineData("cma", "cma", "--help")]
    [InlineData("run", "cma", "run", "--help")]
    [InlineData("asn1", "asn1", "--help")]
    [InlineData("check", "asn1", "check", "--help")]
    [InlineData("compile", "asn1", "compile", "--help")]
    [InlineData("format", "asn1", "format", "--help")]
    [InlineData("decode", "asn1", "decode", "--help")]
    [InlineData("encode", "asn1", "encode", "--help")]
    [InlineData("dump", "asn1", "dump", "--help")]
    public async Task Help_Shows_OptionsExampleAndExitCodes(string description, params string[] args)
    {
        var (code, output, error) = await CkiProgram.RunInsideAsync(args);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("--help", output, StringComparison.Ordinal);
        Assert.Matches(@"Example:\n  cki (demo|cma run|asn1)", output);
        Assert.Matches("(?m)^  130  stopped", output);
        if (description is "demo" or "run") Assert.Matches("--folder <DIR>[^-]*--", output);
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
    [InlineData("anything else", 70, "unexpected InvalidOperationException: two lines (CKI_DEBUG=1 shows where)")]
    public async Task Failure_Is_OneLineWithItsExitCode(string description, int code, string line)
    {
        Exception failure = code switch
        {
            5 => new CkiTransportException("the wire"),
            3 => new CkiProtocolException("the peer"),
            _ => new InvalidOperationException("two\nlines"),
        };
        using var error = new StringWriter();
        await Failures.WriteAsync(failure, error);
        Assert.Equal((description, code, $"cki: {line}\n"), (description, Failures.ExitCode(failure), error.ToString()));
    }
}
