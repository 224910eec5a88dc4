using System.CommandLine;
using System.Text.Json;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Signatures;
using CkiSdk.Pki.Paths;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;

namespace CkiSdk.Cli.Recovery;

/// <summary>Is <c>cki recovery take</c>: gives a signed decision to the CMA, which counts it for the one who has signed it, and for nobody else.</summary>
internal static class TakeCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static PkiVerb Create(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the CMA");
        var input = new Option<string>("--in") { Description = "The decision, as 'cki recovery approve' or 'refuse' writes it.", HelpName = "FILE", Required = true };
        return new PkiVerb("take", "Takes the signed decision of an approver. The signer must be one whom the CMA has certified and let approve; exit code 6 says that he is not.", "cki recovery take --home a --in decision1.p7m") { path, input }.Does(output, error, async (parsed, cancellationToken) =>
        {
            using var log = new WarningLog(error);
            await using var host = await CaseCommands.OpenAsync(parsed.GetValue(path)!, log, cancellationToken).ConfigureAwait(false);
            var (form, signer) = await ReadAsync(parsed.GetValue(input)!, cancellationToken).ConfigureAwait(false);
            await RequireApproverAsync(host, signer, cancellationToken).ConfigureAwait(false);
            var names = await CaseCommands.NamesAsync(host, cancellationToken).ConfigureAwait(false);
            var found = await FindAsync(host, form, names, cancellationToken).ConfigureAwait(false);
            try
            {
                if (form.Decision == RecoveryForm.Approve)
                {
                    await host.Authority.Recovery.ApproveAsync(found.Id, signer.Subject, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await host.Authority.Recovery.RefuseAsync(found.Id, signer.Subject, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (InvalidOperationException exception)
            {
                throw new CommandException(ExitCodes.Rejected, exception.Message, exception);
            }

            var (row, line) = CaseCommands.Show((await host.Authority.Recovery.ListAsync(cancellationToken).ConfigureAwait(false)).First(known => known.Id == found.Id), names);
            return new PkiResult(row, line + "\n");
        });
    }

    private static async Task<(RecoveryForm Form, Certificate Signer)> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var message = MessageFiles.OpenMessage(path, TextWriter.Null);
        using var content = new MemoryStream();
        try
        {
            var verified = await SignedMessages.VerifyAsync(message, content, CryptoProviders.Software, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (verified.Signatures is not [{ IsIntact: true, Certificate: { } signer }])
            {
                throw new CommandException(ExitCodes.NotTrusted, $"{path}: {(verified.Signatures is [{ Fault: { } fault }] ? fault : "exactly one signature is needed")}.");
            }

            var form = JsonSerializer.Deserialize(content.ToArray(), RecoveryJson.Default.RecoveryForm)?.Checked(path);
            return form is { Decision: RecoveryForm.Approve or RecoveryForm.Refuse } ? (form, signer) : throw CommandException.Usage($"{path} holds no decision.");
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            throw CommandException.Usage($"{path} is no signed decision of 'cki recovery approve' or 'refuse'.", exception);
        }
    }

    // The signature makes sure who he is; that he may approve, the operator has said.
    private static async Task RequireApproverAsync(CmaHost host, Certificate signer, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var path = new PathValidator(TrustAnchor.Of([host.Identity.Authority]), CryptoProviders.Software).Validate(signer, [], new PathOptions { Time = now });
        var peer = await host.Store.FindPeerAsync(signer.Subject.Canonical, cancellationToken).ConfigureAwait(false);
        var user = await host.Store.FindUserAsync(signer.Subject.Canonical, cancellationToken).ConfigureAwait(false);
        var fault = !path.IsValid ? $"the certificate is not trusted: {path}"
            : signer.KeyUsage is { } usage && !usage.Has(KeyUsage.DigitalSignature) ? "the certificate is not for signatures"
            : peer?.Kinds.HasFlag(PartyKinds.RecoveryApprover) != true ? "'cki cma user add --may-approve' lets somebody approve"
            : user is { IsRevoked: true } ? "that user is revoked"
            : !host.Routes.IsCurrent(new Peer(signer.Subject, signer)) ? "he was enrolled anew since, and his certificate before counts no more"
            : null;
        if (fault is not null)
        {
            throw new CommandException(ExitCodes.NotTrusted, $"{signer.Subject} may not approve: {fault}.");
        }
    }

    private static async Task<RecoveryCase> FindAsync(CmaHost host, RecoveryForm form, KnownNames names, CancellationToken cancellationToken)
    {
        var found = (await host.Authority.Recovery.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(known => known.Id == form.Case)
            ?? throw CommandException.NotFound($"There is no recovery case {form.Case}.");
        return form == RecoveryForm.Of(host.Home.Configuration.Name, names.Show(found.Transaction.Sender), found) with { Decision = form.Decision, Certificates = form.Certificates }
            ? found
            : throw new CommandException(ExitCodes.Rejected, $"The decision is about another request than case {found.Id} of {host.Home.Configuration.Name}.");
    }
}
