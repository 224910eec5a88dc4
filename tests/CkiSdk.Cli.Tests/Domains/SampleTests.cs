using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Holds the README to the samples: what it quotes stands in them, and each is as short as it says.</summary>
public sealed class SampleTests
{
    [Theory]
    [InlineData("samples/ClientAndServer/Server.cs")]
    [InlineData("samples/ClientAndServer/Client.cs")]
    public void Readme_Quotes_TheSample(string file)
    {
        var lines = File.ReadAllLines(Repository.PathOf(file));
        var start = Array.FindIndex(lines, line => line == "    {") + 1;
        var end = Array.FindIndex(lines, start, line => line == "    }");
        var body = lines[start..end].Select(line => line.Length > 8 ? line[8..] : line.Trim()).ToArray();
        Assert.InRange(body.Length, 5, 15);
        Assert.Contains($"```csharp\n{string.Join('\n', body)}\n```", Repository.ReadText("README.md"), StringComparison.Ordinal);
    }
}
