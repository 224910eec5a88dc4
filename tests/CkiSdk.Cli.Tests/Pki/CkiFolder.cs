using System.Text.Json;
using CkiSdk.Cli.Invocation;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Runs commands of <c>cki pki</c> and of openssl in one folder: words that begin with @ name its files, and ^ stands for a blank.</summary>
internal class CkiFolder : IDisposable
{
    public TemporaryFolder Folder { get; } = new();

    public string PathOf(string name) => Folder.PathOf(name);

    public byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    public string ReadText(string name) => File.ReadAllText(PathOf(name));

    public void Write(string name, ReadOnlySpan<byte> octets) => File.WriteAllBytes(PathOf(name), octets);

    /// <summary>Runs a command of <c>cki pki</c> inside this process, and returns what it printed to its standard output.</summary>
    public async Task<string> Cki(string words, int expected = ExitCodes.Ok)
    {
        var (code, output, error) = await CkiProgram.RunInsideAsync(["pki", .. Words(words)]);
        Assert.True(code == expected, $"{words}: {code}\n{error}{output}");
        return output;
    }

    /// <summary>Runs a command of <c>cki pki</c> with <c>--json</c>, and returns its one document.</summary>
    public async Task<JsonElement> Json(string words, int expected = ExitCodes.Ok) => JsonDocument.Parse(await Cki($"{words} --json", expected)).RootElement;

    /// <summary>Runs a command with <c>--json</c> that fails, and returns the code of its document.</summary>
    public async Task<string?> Fault(string words, int expected)
    {
        var fault = (await Json(words, expected)).GetProperty("error");
        Assert.NotEmpty(fault.GetProperty("message").GetString()!);
        return fault.GetProperty("code").GetString();
    }

    /// <summary>Runs openssl, which must succeed, and returns all that it printed.</summary>
    public string OpenSsl(string words, int expected = 0)
    {
        var result = ExternalProgram.Run("openssl", Words(words));
        Assert.True(result.ExitCode == expected, $"openssl {words}: {result.ExitCode}\n{result.Error}{result.Text}");
        return result.Text + result.Error;
    }

    public void Dispose() => Folder.Dispose();

    private string[] Words(string words) => [.. words.Split(' ').Select(word => word.StartsWith('@') ? PathOf(word[1..]) : word.Replace('^', ' '))];
}
