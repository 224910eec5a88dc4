using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Pki;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Cms.Signatures;

namespace CkiSdk.Cli.Recovery;

/// <summary>Makes <c>cki recovery approve</c> and <c>refuse</c>, with which an approver signs his decision in a home of his own.</summary>
internal static class DecisionCommands
{
    /// <summary>Makes <c>approve</c>.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static PkiVerb Approve(TextWriter output, TextWriter error) => Decide(
        RecoveryForm.Approve, "Signs that a request may be answered, in the home of an approver; a second one must do so, too. 'cki recovery take' gives the file to the CMA.", output, error);

    /// <summary>Makes <c>refuse</c>.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static PkiVerb Refuse(TextWriter output, TextWriter error) => Decide(
        RecoveryForm.Refuse, "Signs that a request is refused for good, in the home of an approver. 'cki recovery take' gives the file to the CMA.", output, error);

    private static PkiVerb Decide(string decision, string description, TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the approver (cki cma user add --may-approve)");
        var input = new Option<string>("--in") { Description = "The form of the case, as 'cki recovery show' writes it.", HelpName = "FILE", Required = true };
        var (target, force) = (PkiOptions.Out(isRequired: true), PkiOptions.Force());
        return new PkiVerb(decision, description, $"cki recovery {decision} --home officer1 --in case.json --out decision1.p7m") { path, input, target, force }.Does(output, error, async (parsed, cancellationToken) =>
        {
            var form = HomeFiles.ReadJson(parsed.GetValue(input)!, RecoveryJson.Default.RecoveryForm).Checked(parsed.GetValue(input)!) with { Decision = decision };
            var home = Home.Open(parsed.GetValue(path)!, HomeKind.User);
            var file = parsed.GetValue(target)!;
            await using (var staged = MessageFiles.Create(parsed, file, parsed.GetValue(force), isSecret: false))
            {
                await SignAsync(home, form, staged.Stream, cancellationToken).ConfigureAwait(false);
                await staged.CommitAsync(cancellationToken).ConfigureAwait(false);
            }

            return new PkiResult(
                new JsonObject { ["case"] = form.Case, ["decision"] = decision, ["approver"] = home.Configuration.Name, ["requester"] = form.Requester, ["certificates"] = new JsonArray([.. form.Certificates.Select(text => (JsonNode)text)]), ["file"] = file },
                file == "-" ? "" : $"{home.Configuration.Name}: {decision}\ncase          {form.Case} of {form.Cma}\nrequester     {form.Requester}\nkeys of       {string.Join("; ", form.Certificates)}\nthen: cki recovery take --home CMA --in {file}\n");
        });
    }

    private static async Task SignAsync(Home home, RecoveryForm form, Stream target, CancellationToken cancellationToken)
    {
        using var homeKey = await home.ReadKeyAsync(cancellationToken).ConfigureAwait(false);
        using var key = await AuthorityIdentity.ReadSigningKeyAsync(home, PartyIdentity.TlsName, homeKey, CryptoProviders.Software, cancellationToken).ConfigureAwait(false);
        var certificate = home.ReadCertificate(PartyIdentity.TlsName);
        if (!key.SubjectPublicKeyInfo.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span))
        {
            throw home.Unusable($"{PartyIdentity.TlsName}.key", $"it is not the key of {PartyIdentity.TlsName}.pem");
        }

        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(form, RecoveryJson.Default.RecoveryForm));
        var options = new SigningOptions { Signers = [new MessageSigner { Certificate = certificate, Key = key }], SigningTime = TimeProvider.System.GetUtcNow() };
        await SignedMessages.SignAsync(content, target, options, cancellationToken).ConfigureAwait(false);
    }
}
