using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Holds the documents to the samples: what it quotes stands in them, and each is as short as it says.</summary>
public sealed class SampleTests
{
    [Theory]
    [InlineData("samples/ClientAndServer/Server.cs", "README.md")]
    [InlineData("samples/ClientAndServer/Client.cs", "README.md")]
    [InlineData("samples/WebHost/Application.cs", "docs/cki.md")]
    public void Document_Quotes_TheSample(string file, string document)
    {
        var lines = File.ReadAllLines(Repository.PathOf(file));
        var start = Array.FindIndex(lines, line => line == "    {") + 1;
        var end = Array.FindIndex(lines, start, line => line == "    }");
        var body = lines[start..end].Select(line => line.Length > 8 ? line[8..] : line.Trim()).ToArray();
        Assert.InRange(body.Length, 5, 15);
        Assert.Contains($"```csharp\n{string.Join('\n', body)}\n```", Repository.ReadText(document), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ClientAndServer")]
    [InlineData("WebHost")]
    public void Sample_Seals_AMessage(string name)
    {
        var output = AppContext.BaseDirectory.TrimEnd('/').Split('/')[^2..];
        var result = ExternalProgram.RunOk("dotnet", [Repository.PathOf($"samples/{name}/bin/{output[0]}/{output[1]}/{name}.dll")]);
        Assert.Matches(@"(?m)^[0-9]+ octets sealed$", result.Text);
        if (name == "WebHost") Assert.Matches(@"(?m)^CN=Officer,O=Example: 200$[\s\S]*^CN=User,O=Example: 403$", result.Text);
    }
}
