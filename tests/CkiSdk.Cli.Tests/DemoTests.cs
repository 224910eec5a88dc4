using System.Text.Json;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests;

/// <summary>Shows what <c>cki demo</c> prints and leaves behind (CKI Part 2 Annex C III).</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class DemoTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    [Fact]
    public void Demo_Ends_Well_UnderTenSeconds()
    {
        Assert.Equal((0, ""), (demo.Result.ExitCode, demo.Result.Error.Trim()));
        Assert.InRange(demo.Duration, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Json_Has_TheDocumentedShape()
    {
        var document = demo.Document;
        Assert.Equal(["ok", "folder", "files", "messages", "steps"], Names(document));
        Assert.True(document.GetProperty("ok").GetBoolean());
        Assert.Equal(demo.Folder, document.GetProperty("folder").GetString());
        Assert.Equal(["cmaCertificate", "sendCertificate"], Names(document.GetProperty("files")));
        Assert.All(document.GetProperty("files").EnumerateObject(), file => Assert.True(File.Exists(file.Value.GetString())));
        Assert.Equal(["C.8", "C.8", "C.8", "C.8", "C.9", "C.9", "C.9", "C.10", "C.11"], Steps(document).Select(step => step.GetProperty("paragraph").GetString()));
        Assert.All(Steps(document), step =>
        {
            Assert.Equal(["paragraph", "text", "ok", "milliseconds"], Names(step));
            Assert.NotEmpty(step.GetProperty("text").GetString()!);
            Assert.True(step.GetProperty("ok").GetBoolean());
            Assert.InRange(step.GetProperty("milliseconds").GetDouble(), 0, 10_000);
        });
    }

    [Fact]
    public void Messages_AreTheOnes_OfAnnexC()
    {
        var messages = demo.Document.GetProperty("messages").EnumerateArray().Select(path => File.ReadAllBytes(path.GetString()!)).ToArray();
        Assert.Equal([typeof(PKIBody.CkiESann), typeof(PKIBody.CkiSCrr), typeof(PKIBody.CkiSCrp)], messages.Select(message => PKIMessage.Decode(message).Body.GetType()));
        Assert.All(messages, message => Assert.Equal(message, PKIMessage.Decode(message).Encode()));
    }

    [Fact]
    public void SendCertificate_Verifies_WithOpenSsl()
    {
        var (cma, send) = (Path.Combine(demo.Folder, "cma.pem"), Path.Combine(demo.Folder, "a1-send.pem"));
        var verified = ExternalProgram.RunOk("openssl", ["verify", "-CAfile", cma, send]);
        Assert.Equal($"{send}: OK", verified.Text.Trim());
        var text = ExternalProgram.RunOk("openssl", ["x509", "-in", send, "-noout", "-text", "-nameopt", "RFC2253"]).Text;
        Assert.Contains("Issuer: CN=CMA A,O=Domain A,C=GB", text, StringComparison.Ordinal);
        Assert.Contains("Subject: CN=User A1,O=Domain A,C=GB", text, StringComparison.Ordinal);
        Assert.Contains("GROUP: ffdhe3072", text, StringComparison.Ordinal);
        Assert.Matches("X509v3 Key Usage: critical\\s+Key Agreement, Encipher Only", text);
    }

    [Fact]
    public void Secrets_AreTheOwnersAlone_AndNeverPrinted()
    {
        string[] secrets = ["cma.key", "cma-storage.key", "cma-tls.key", "a1-tls.key", "a1-encryption.key", "cma.sqlite"];
        Assert.All(secrets, name => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(demo.Folder, name))));
        Assert.DoesNotContain("PRIVATE", demo.Result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(File.ReadAllText(Path.Combine(demo.Folder, "cma-storage.key")), demo.Result.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Demo_Prints_OneLinePerStep()
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = await CkiProgram.RunInsideAsync(["demo", "--folder", folder.FullPath]);
        Assert.Equal((0, ""), (code, error));
        var lines = output.Split('\n');
        Assert.All(lines[..9], line => Assert.Matches(@"^✓ C\.(8|9|10|11) +[0-9]+\.[0-9] ms  \S.*$", line));
        Assert.Equal(["", $"CMA certificate   {folder.PathOf("cma.pem")}", $"send certificate  {folder.PathOf("a1-send.pem")}", $"folder            {folder.FullPath}", ""], lines[9..]);
    }

    [Fact]
    public async Task Demo_Rejects_AFolderThatIsUsed()
    {
        var (code, output, error) = await CkiProgram.RunInsideAsync(["demo", "--folder", demo.Folder, "--json"]);
        Assert.Equal((2, $"cki: The folder {demo.Folder} is not empty; name a new or an empty one.\n"), (code, error));
        AssertFailed(output, demo.Folder);
    }

    [Fact]
    public async Task Demo_Ends_WhenItIsStopped()
    {
        using var folder = new TemporaryFolder();
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        var (code, output, error) = await CkiProgram.RunInsideAsync(["demo", "--folder", folder.FullPath, "--json"], stopped.Token);
        Assert.Equal((130, "cki: stopped\n"), (code, error));
        AssertFailed(output, folder.FullPath);
    }

    private static void AssertFailed(string output, string folder)
    {
        var document = JsonDocument.Parse(output).RootElement;
        Assert.Equal(["ok", "folder", "files", "messages", "steps", "error"], Names(document));
        Assert.False(document.GetProperty("ok").GetBoolean());
        Assert.Equal(folder, document.GetProperty("folder").GetString());
        Assert.NotEmpty(document.GetProperty("error").GetString()!);
    }

    private static JsonElement.ArrayEnumerator Steps(JsonElement document) => document.GetProperty("steps").EnumerateArray();

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
