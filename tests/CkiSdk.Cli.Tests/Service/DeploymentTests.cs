using System.Text.RegularExpressions;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Service;

/// <summary>Looks at the files for systemd and containers: valid, not root, and with nothing that they do not need.</summary>
public sealed partial class DeploymentTests
{
    [Theory]
    [InlineData("cma")]
    [InlineData("tlcma")]
    public void Unit_IsValid_AndHardened(string kind)
    {
        using var folder = new TemporaryFolder();
        var unit = Repository.ReadText($"deploy/cki-{kind}@.service");
        Assert.Contains($"ExecStart=/usr/bin/cki {kind} run --home /var/lib/cki/%i\n", unit, StringComparison.Ordinal);
        Assert.Contains("\nUser=cki\n", unit, StringComparison.Ordinal);
        Assert.Contains("\nType=notify\n", unit, StringComparison.Ordinal);

        // The program need not be installed here to say whether the rest is right.
        var path = folder.PathOf($"cki-{kind}@a.service");
        File.WriteAllText(path, unit.Replace("/usr/bin/cki", "/bin/true", StringComparison.Ordinal));
        var verified = ExternalProgram.RunOk("systemd-analyze", ["verify", path]);
        Assert.DoesNotContain("cki-", verified.Text, StringComparison.Ordinal);
        var security = ExternalProgram.RunOk("systemd-analyze", ["security", "--no-pager", "--offline=true", "--threshold=20", path]);
        Assert.Contains("Overall exposure level", security.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Container_IsNotRoot_AndHoldsNoSecret()
    {
        var lines = Repository.ReadText("deploy/Containerfile").Split('\n');
        Assert.Equal(["FROM ${SDK} AS build", "FROM ${RUNTIME}"], lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)));
        Assert.Equal(["ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0", "ARG RUNTIME=mcr.microsoft.com/dotnet/aspnet:10.0"], lines.Where(line => line.StartsWith("ARG ", StringComparison.Ordinal)));
        Assert.Contains("**/obj", Repository.ReadText(".dockerignore").Split('\n'));
        var user = Array.FindLastIndex(lines, line => line.StartsWith("USER ", StringComparison.Ordinal));
        Assert.Equal("USER 1654:1654", lines[user]);
        Assert.DoesNotContain(lines[user..], line => RunsSomething().IsMatch(line));
        Assert.Contains("VOLUME /var/lib/cki", lines);
        Assert.DoesNotContain(lines, line => line.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase) || line.Contains("PIN=", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("ENTRYPOINT [\"dotnet\", \"/opt/cki/cki.dll\"]", lines);
        Assert.DoesNotContain("cki.key", string.Join('\n', lines), StringComparison.Ordinal);
    }

    [GeneratedRegex("^(RUN|COPY|ADD) ")]
    private static partial Regex RunsSomething();
}
