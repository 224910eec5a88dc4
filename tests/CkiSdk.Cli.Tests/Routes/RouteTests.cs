using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Routes;

namespace CkiSdk.Cli.Tests.Routes;

/// <summary>Reads routes: what is one, how it is written down, and what is said where it is none.</summary>
public sealed class RouteTests
{
    [Theory]
    [InlineData("a host", "cma.example:829", "cma.example:829")]
    [InlineData("an address", "127.0.0.1:829", "127.0.0.1:829")]
    [InlineData("an address of IPv6", "[::1]:829", "[::1]:829")]
    [InlineData("HTTP", "https://cma.example:8443", "https://cma.example:8443")]
    [InlineData("HTTP with a path of its own", "HTTPS://CMA.example/pki/cki", "https://cma.example/pki/cki")]
    [InlineData("a folder", "file:/var/spool/cki", "file:/var/spool/cki")]
    [InlineData("a folder as a URI", "file:///var/spool/cki", "file:/var/spool/cki")]
    [InlineData("a folder that is named as a detour", "FILE:/var/spool/../lib/./cki/", "file:/var/lib/cki/")]
    [InlineData("an FTP server", "ftp://ftp.example/cki", "ftp://ftp.example/cki")]
    [InlineData("an FTP server with TLS", "FTPS://u%20ser@ftp.example:2121/a%20b/c?password-file=/etc/pass%3Fword&ca-file=/etc/ca.pem", "ftps://u%20ser@ftp.example:2121/a%20b/c?password-file=/etc/pass%3Fword&ca-file=/etc/ca.pem")]
    [InlineData("a folder of the whole server", "ftp://u@[::1]:21/%2Fsrv/cki?password-env=FTP", "ftp://u@[::1]/%2Fsrv/cki?password-env=FTP")]
    public void Route_IsWrittenDown(string description, string text, string expected) =>
        Assert.Equal((description, expected), (description, Route.Parse(text, "--route").Text));

    [Fact]
    public void Folder_IsTheSame_WhereverTheProgramIsStarted() =>
        Assert.Equal($"file:{Path.GetFullPath("spool")}", Route.Parse("file:spool", "--route").Text);

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("no port", "cma.example")]
    [InlineData("a port beyond all", "cma.example:70000")]
    [InlineData("a scheme that nobody knows", "gopher://cma.example/x")]
    [InlineData("HTTP without TLS", "http://cma.example:8443")]
    [InlineData("HTTP without a host", "https://")]
    [InlineData("HTTP with a question", "https://cma.example/?a=b")]
    [InlineData("no folder", "file:")]
    [InlineData("a folder of another machine", "file://host/spool")]
    [InlineData("an address without brackets", "::1:829")]
    [InlineData("a space", "cma example:829")]
    public void Wrong_Route_IsToldWithItsPlace_AndWhatWouldBeOne(string description, string text)
    {
        var exception = Assert.Throws<CommandException>(() => Route.Parse(text, "card.json: address"));
        Assert.Equal((description, ExitCodes.Usage), (description, exception.ExitCode));
        Assert.StartsWith($"card.json: address: '{text}' ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(text.StartsWith("http", StringComparison.Ordinal) ? "https://HOST:PORT" : "file:DIR", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_Route_IsNotRepeated_WhereItMayHoldAPassword()
    {
        var exception = Assert.Throws<CommandException>(() => Route.Parse("https://user:secret@cma.example", "--route"));
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a password", "ftp://u:geheim@ftp.example/x", "password-file")]
    [InlineData("no word about the password", "ftps://u@ftp.example/x", "password-env")]
    [InlineData("two passwords", "ftps://u@ftp.example/x?password-file=f&password-env=e", "twice")]
    [InlineData("an unknown parameter", "ftps://u@ftp.example/x?passwort=f", "'passwort'")]
    [InlineData("an authority without TLS", "ftp://ftp.example/x?ca-file=f", "ftps://")]
    [InlineData("no host", "ftp:///x", "URL")]
    [InlineData("a second command", "ftp://ftp.example/x%0D%0ADELE%20y", "control")]
    public void Wrong_FtpRoute_IsTold_WithoutAPassword(string description, string text, string expected)
    {
        var exception = Assert.Throws<CommandException>(() => Route.Parse(text, "--route"));
        Assert.Equal((description, ExitCodes.Usage), (description, exception.ExitCode));
        Assert.StartsWith("--route: '", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_Way_SaysHowItsRoutesAreWritten_InHelp()
    {
        Assert.Equal(Way.All.Count, Way.All.Select(way => way.CreateOption().Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(Way.All, way => Assert.Contains(way.Form, RouteOption.Create("the CMA").Description!, StringComparison.Ordinal));
    }
}
