using System.Text.Json;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests;

/// <summary>Shows what <c>cki demo</c> prints and leaves behind (CKI Part 2 Annex C).</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class DemoTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private static readonly string[] Both =
    [
        "C.1", "C.1", "C.1", "C.1", "C.1", "C.2", "C.1", "C.2", "C.3", "C.3", "C.4", "C.5", "C.6", "C.7",
        "C.8", "C.9", "C.9", "C.10", "C.11", "C.12", "C.13", "C.14", "C.15", "C.16", "C.17", "C.18", "C.19", "C.20", "C.21", "C.22", "C.23", "C.24", "C.25",
    ];

    private static readonly string[] Files = ["cmaCertificate", "sendCertificate", "receiveCertificate", "sealedMessage", "openedMessage", "crl"];

    [Fact]
    public void Demo_Ends_Well_UnderFifteenSeconds()
    {
        Assert.Equal((0, ""), (demo.Result.ExitCode, demo.Result.Error.Trim()));
        Assert.InRange(demo.ProcessorTime, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(15)); // what a machine takes that has nothing else to do
    }

    [Fact]
    public void Json_Has_TheDocumentedShape()
    {
        var document = demo.Document;
        Assert.Equal(["ok", "folder", "files", "messages", "steps"], Names(document));
        Assert.True(document.GetProperty("ok").GetBoolean());
        Assert.Equal(demo.Folder, document.GetProperty("folder").GetString());
        Assert.Equal(Files, Names(document.GetProperty("files")));
        Assert.All(document.GetProperty("files").EnumerateObject(), file => Assert.True(File.Exists(file.Value.GetString())));
        Assert.Equal(Both, Paragraphs(document));
        Assert.All(Steps(document), step =>
        {
            Assert.Equal(["paragraph", "text", "ok", "milliseconds"], Names(step));
            Assert.NotEmpty(step.GetProperty("text").GetString()!);
            Assert.True(step.GetProperty("ok").GetBoolean());
            Assert.True(step.GetProperty("milliseconds").GetDouble() >= 0);
        });
    }

    [Fact]
    public void Steps_Tell_AllParagraphsOfAnnexC() =>
        Assert.Equal(Enumerable.Range(1, 25).Select(number => $"C.{number}"), Paragraphs(demo.Document).Distinct());

    [Theory]
    [InlineData("tlcma", "C.1", new[] { "C.3", "C.4", "C.5", "C.6", "C.7" })]
    [InlineData("peer", "C.3", new[] { "C.1", "C.2" })]
    public async Task Variant_Tells_ItsWayToTheCommonKey(string variant, string first, string[] without)
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = await CkiProgram.RunInsideAsync(["demo", "--folder", folder.PathOf("demo"), "--variant", variant, "--json"]);
        Assert.Equal((0, ""), (code, error));
        var document = JsonDocument.Parse(output).RootElement;
        var told = Paragraphs(document).Distinct().ToArray();
        Assert.Equal(first, told[0]);
        Assert.Equal("C.25", told[^1]);
        Assert.Equal(Both.Distinct().Except(without).Order(), told.Order());
        AssertVerifies(document);
    }

    [Fact]
    public void Messages_AreTheOnes_OfAnnexC()
    {
        var messages = Messages.Select(File.ReadAllBytes).ToArray();
        var bodies = messages.Select(message => PKIMessage.Decode(message).Body.GetType().Name).ToArray();
        Assert.Equal(["CkiTrr", "CkiTrp", "CkiTrr", "CkiTrp"], bodies[..4]);
        string[] told = ["CkiPrr", "CkiPrp", "CkiESann", "CkiSCrr", "CkiSCrp", "CkiRCrr", "CkiRCrp", "CkiESrr", "CkiESrp", "CkiRULann", "Crlann"];
        Assert.Subset(bodies.ToHashSet(), told.ToHashSet());
        Assert.Equal("CkiRCrp", bodies[^1]);
        Assert.All(messages, message => Assert.Equal(message, PKIMessage.Decode(message).Encode()));
    }

    [Fact]
    public void OpenSsl_Parses_EveryMessage()
    {
        foreach (var message in Messages.Append(FileOf("sealedMessage")))
            ExternalProgram.RunOk("openssl", ["asn1parse", "-inform", "DER", "-in", message]);
    }

    [Fact]
    public void Certificates_AndCrl_VerifyWithOpenSsl()
    {
        AssertVerifies(demo.Document);
        var text = ExternalProgram.RunOk("openssl", ["x509", "-in", FileOf("sendCertificate"), "-noout", "-text", "-nameopt", "RFC2253"]).Text;
        Assert.Contains("Issuer: CN=CMA A,O=Domain A,C=GB", text, StringComparison.Ordinal);
        Assert.Contains("Subject: CN=User A1,O=Domain A,C=GB", text, StringComparison.Ordinal);
        Assert.Contains("GROUP: ffdhe3072", text, StringComparison.Ordinal);
        Assert.Matches("X509v3 Key Usage: critical\\s+Key Agreement, Encipher Only", text);
        var revoked = ExternalProgram.RunOk("openssl", ["crl", "-in", FileOf("crl"), "-noout", "-text"]).Text;
        Assert.Contains("Key Compromise", revoked, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenedMessage_Is_WhatA1Wrote() => Assert.StartsWith("M(A1-B1): ", File.ReadAllText(FileOf("openedMessage")), StringComparison.Ordinal);

    [Fact]
    public void Secrets_AreTheOwnersAlone_AndNeverPrinted()
    {
        string[] homes = ["top", "a", "b", "a1", "b1"];
        var secrets = homes.SelectMany(home => Directory.EnumerateFiles(Path.Combine(demo.Folder, home))).Where(file => Path.GetExtension(file) is ".key" or ".sqlite" || Path.GetFileName(file) == "state.json").ToArray();
        Assert.InRange(secrets.Length, 20, 40);
        Assert.All(secrets, name => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(name)));
        Assert.DoesNotContain("PRIVATE", demo.Result.Text, StringComparison.Ordinal);
        Assert.All(homes, home => Assert.DoesNotContain(File.ReadAllText(Path.Combine(demo.Folder, home, "home.key")).Trim(), demo.Result.Text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Demo_Prints_OneLinePerStep()
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = await CkiProgram.RunInsideAsync(["demo", "--folder", folder.FullPath, "--variant", "peer"]);
        Assert.Equal((0, ""), (code, error));
        var lines = output.Split('\n');
        var steps = Array.IndexOf(lines, "");
        Assert.All(lines[..steps], line => Assert.Matches(@"^✓ C\.[0-9]+ +[0-9]+\.[0-9] ms  \S.*$", line));
        Assert.Equal(folder.PathOf("cma.pem"), lines[steps + 1]["CMA certificate       ".Length..]);
        Assert.Equal($"folder                {folder.FullPath}", lines[^2]);
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

    private IEnumerable<string> Messages => demo.Document.GetProperty("messages").EnumerateArray().Select(path => path.GetString()!);

    private string FileOf(string name) => demo.Document.GetProperty("files").GetProperty(name).GetString()!;

    private static void AssertVerifies(JsonElement document)
    {
        var files = document.GetProperty("files");
        var (cma, send, receive) = (files.GetProperty("cmaCertificate").GetString()!, files.GetProperty("sendCertificate").GetString()!, files.GetProperty("receiveCertificate").GetString()!);
        var verified = ExternalProgram.RunOk("openssl", ["verify", "-CAfile", cma, send, receive]);
        Assert.Equal($"{send}: OK\n{receive}: OK", verified.Text.Trim());
        var crl = files.GetProperty("crl").GetString()!;
        Assert.Contains("verify OK", ExternalProgram.RunOk("openssl", ["crl", "-in", crl, "-CAfile", cma, "-noout"]).Error, StringComparison.Ordinal); // it ends with 0 also where the signature is wrong
        ExternalProgram.RunOk("openssl", ["verify", "-CAfile", cma, "-CRLfile", crl, "-crl_check", send]);
        var revoked = ExternalProgram.Run("openssl", ["verify", "-CAfile", cma, "-CRLfile", crl, "-crl_check", receive]); // B1 is revoked at the end
        Assert.Equal(2, revoked.ExitCode);
        Assert.Contains("certificate revoked", revoked.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Paragraphs(JsonElement document) => Steps(document).Select(step => step.GetProperty("paragraph").GetString()!);

    private static JsonElement.ArrayEnumerator Steps(JsonElement document) => document.GetProperty("steps").EnumerateArray();

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
