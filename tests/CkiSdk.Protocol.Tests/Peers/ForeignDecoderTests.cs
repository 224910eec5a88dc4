using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Tests.World;
using CkiSdk.TestSupport;

namespace CkiSdk.Protocol.Tests.Peers;

/// <summary>Has programs of others read what really goes over the wire: Erlang's asn1ct and OpenSSL.</summary>
public sealed partial class ForeignDecoderTests
{
    private static readonly Lazy<Task<ExchangedMessages>> Made = new(ExchangedMessages.Make);

    [Fact]
    public async Task Messages_AreOfAllBodies() => Assert.Equal(
        SampleBodies.Names.Select(name => name.ToUpperInvariant()).Order(StringComparer.Ordinal),
        (await Made.Value).All.Select(message => PKIMessage.Decode(message).Body.GetType().Name.ToUpperInvariant()).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Asn1Parse_Reads_EachMessage()
    {
        foreach (var message in (await Made.Value).All) ExternalProgram.RunOk("openssl", ["asn1parse", "-inform", "DER"], message);
    }

    [Fact]
    public async Task Asn1ct_Decodes_EachMessage_AndEncodesItTheSame()
    {
        using var folder = new TemporaryFolder();
        var (modules, output) = (Directory.CreateDirectory(folder.PathOf("modules")).FullName, Directory.CreateDirectory(folder.PathOf("output")).FullName);
        CopyWithImports("CKIKeyManagementProtocol", modules);
        var messages = (await Made.Value).All.Select(Convert.ToHexString).ToArray();
        var requests = string.Concat(messages.Select(message => $"echo CKIKeyManagementProtocol PKIMessage {message}\n"));
        var script = Repository.PathOf("tests/CkiSdk.Asn1.Modules.Tests/Peers/asn1ct.escript");
        var result = ExternalProgram.RunOk("escript", [script, output, modules], Encoding.ASCII.GetBytes(requests));
        var answers = result.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(messages.Select(message => $"ok {message}"), answers.SkipWhile(line => line != "ready").Skip(1));
    }

    [Fact]
    public async Task OpenSsl_Verifies_EachCertificate_AndEachCrl()
    {
        using var folder = new TemporaryFolder();
        var made = await Made.Value;
        var (anchor, authorities) = (folder.PathOf("anchor.pem"), folder.PathOf("authorities.pem"));
        await File.WriteAllTextAsync(anchor, made.Anchor.ToPem());
        await File.WriteAllTextAsync(authorities, string.Concat(made.Authorities.Select(authority => authority.ToPem())));
        Assert.True(made.Certificates.Count >= 9, $"{made.Certificates.Count} certificates"); // two of domains, those of the peer exchange, of users, and announced ones
        foreach (var certificate in made.Certificates.Concat(made.Authorities).Distinct())
        {
            var time = certificate.NotBefore.AddSeconds(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            ExternalProgram.RunOk("openssl", ["verify", "-attime", time, "-x509_strict", "-CAfile", anchor, "-untrusted", authorities], Encoding.ASCII.GetBytes(certificate.ToPem()));
        }

        Assert.NotEmpty(made.Lists);
        foreach (var (list, authority) in made.Lists.Select(list => (list, made.Authorities.Append(made.Anchor).First(authority => authority.Subject.Equals(list.Issuer)))))
        {
            await File.WriteAllTextAsync(folder.PathOf("issuer.pem"), authority.ToPem());
            var result = ExternalProgram.RunOk("openssl", ["crl", "-inform", "DER", "-noout", "-CAfile", folder.PathOf("issuer.pem")], list.Encoded.ToArray());
            Assert.Contains("verify OK", result.Error + result.Text, StringComparison.Ordinal);
        }
    }

    private static void CopyWithImports(string module, string folder)
    {
        var target = Path.Combine(folder, module + ".asn1");
        if (File.Exists(target)) return;
        File.Copy(Repository.PathOf($"asn1/{module}.asn1"), target);
        foreach (var import in ImportPattern().Matches(File.ReadAllText(target)).Select(match => match.Groups["module"].Value)) CopyWithImports(import, folder);
    }

    [GeneratedRegex(@"\bFROM\s+(?<module>[A-Z][\w-]*)\s*\{")]
    private static partial Regex ImportPattern();
}
