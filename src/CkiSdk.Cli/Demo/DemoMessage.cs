using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Pki;
using CkiSdk.Cli.Users;
using CkiSdk.Pki.Crls;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Sealing;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Cli.Demo;

/// <summary>Plays Annex C V to VII: A1 writes to B1, B1 reads it, and is revoked.</summary>
/// <param name="world">The parties.</param>
/// <param name="steps">Where the steps are told.</param>
/// <param name="files">Where the files are named.</param>
internal sealed class DemoMessage(DemoWorld world, StepRecorder steps, DemoFiles files)
{
    private const string Text = "M(A1-B1): the train leaves at noon.\n";

    /// <summary>Runs the steps.</summary>
    /// <param name="a">CMA A.</param>
    /// <param name="b">CMA B.</param>
    /// <param name="a1">A1, with his certificates.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(CmaHost a, CmaHost b, UserSession a1, CancellationToken cancellationToken)
    {
        var receive = Certificate.FromPem(await File.ReadAllTextAsync(files.ReceiveCertificate!, cancellationToken).ConfigureAwait(false));
        await steps.RunAsync("C.15", "A1 has Seed(A1), SendCert(A1), RecCert(B1) and the CRL of CMA A", () => Task.FromResult(RequireLoaded(a1, a))).ConfigureAwait(false);
        await steps.RunAsync("C.16", "A1 generates the token key from Seed(A1) and RecCert(B1) and seals the message to B1", () => SealAsync(a1, cancellationToken)).ConfigureAwait(false);

        await steps.RunAsync("C.17", "CMA B has IK(A,B) loaded", () => DemoCertificates.RequireKeyAsync(b, a, cancellationToken)).ConfigureAwait(false);
        var b1 = await steps.RunAsync("C.18", "User B1, enrolled with CMA B, receives SendCert(A1), RecCert(B1) and the protected message", () => ReceiveAsync(b, cancellationToken)).ConfigureAwait(false);
        await steps.RunAsync("C.19", "B1 requests the external seed key with RecCert(B1) (ckiESrr)", () => RequestSeedAsync(b1, receive, cancellationToken)).ConfigureAwait(false);
        await steps.RunAsync("C.20", "CMA B generated ExtSeed(AB,B1) with IK(A,B) and sent it (ckiESrp)", () => Task.FromResult(b1.Agent.HasSeed(receive) ? true : throw new CkiProtocolException("B1 has no seed key."))).ConfigureAwait(false);
        await steps.RunAsync("C.21", "B1 generates the token key from ExtSeed(AB,B1) and SendCert(A1) and reads the message", () => OpenAsync(b1, cancellationToken)).ConfigureAwait(false);

        await steps.RunAsync("C.22", "CMA B finds out that B1's seed key is compromised and revokes him", () => b.Authority.Administration.RevokeAsync(DemoCertificates.B1, RevokeUserReason.KeyCompromise, cancellationToken).AsTask()).ConfigureAwait(false);
        await steps.RunAsync("C.23", "CMA B announces the revoked user list with B1 to CMA A (ckiRULann)", () => b.Courier.DeliverAsync(cancellationToken)).ConfigureAwait(false);
        await steps.RunAsync("C.24", "CMA A sends its users a CRL with RecCert(B1) (crlann); A1 takes it", () => TakeCrlAsync(a1, a, receive, cancellationToken)).ConfigureAwait(false);
        await steps.RunAsync("C.25", "A1 is refused a receive certificate for B1 (userInRevokedUserList)", () => RequireRefusedAsync(a1, cancellationToken)).ConfigureAwait(false);
    }

    private static bool RequireLoaded(UserSession a1, CmaHost a) =>
        a1.Client.Certificates.Send.Count > 0 && a1.Client.Certificates.Receive.Count > 0 && a1.Agent.FindCrl(a.Identity.Certificate) is not null
            ? true
            : throw new CkiProtocolException("A1 misses a certificate or the CRL.");

    private async Task<bool> SealAsync(UserSession a1, CancellationToken cancellationToken)
    {
        files.SealedMessage = world.Folder.PathOf("message.cki");
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Text));
        await using var staged = StagedFile.Create(files.SealedMessage, force: false, isSecret: false);
        await a1.Client.SealAsync(content, staged.Stream, [DemoCertificates.B1], cancellationToken: cancellationToken).ConfigureAwait(false);
        await staged.CommitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<UserSession> ReceiveAsync(CmaHost b, CancellationToken cancellationToken)
    {
        var b1 = await world.EnrolAsync(b, "B1", cancellationToken).ConfigureAwait(false);
        await b1.Client.FetchAnnouncementsAsync(cancellationToken).ConfigureAwait(false);
        return b1;
    }

    private static async Task<bool> RequestSeedAsync(UserSession b1, Certificate receive, CancellationToken cancellationToken)
    {
        var result = await b1.Client.RequestSeedKeyAsync(receive, cancellationToken: cancellationToken).ConfigureAwait(false);
        return result is ExternalSeedKeyResult.Granted
            ? true
            : throw new CkiProtocolException(result is ExternalSeedKeyResult.Rejected rejected ? rejected.Text : "The CMA has not decided in time.");
    }

    private async Task<OpenedMessage> OpenAsync(UserSession b1, CancellationToken cancellationToken)
    {
        files.OpenedMessage = world.Folder.PathOf("message.txt");
        await using var message = File.OpenRead(files.SealedMessage!);
        var opened = await b1.Client.OpenAsync(message, () => StagedFile.Create(files.OpenedMessage, force: false, isSecret: true), cancellationToken: cancellationToken).ConfigureAwait(false);
        return opened.IsOpened && await File.ReadAllTextAsync(files.OpenedMessage, cancellationToken).ConfigureAwait(false) == Text
            ? opened
            : throw new CkiProtocolException($"B1 did not read the message: {opened.Refusal} {opened.Reason}");
    }

    private async Task<RevocationList> TakeCrlAsync(UserSession a1, CmaHost a, Certificate receive, CancellationToken cancellationToken)
    {
        await a1.Client.FetchAnnouncementsAsync(cancellationToken).ConfigureAwait(false);
        var list = a1.Agent.FindCrl(a.Identity.Certificate);
        files.Crl = world.Folder.PathOf("a.crl");
        await File.WriteAllTextAsync(files.Crl, list!.ToPem(), cancellationToken).ConfigureAwait(false);
        return list.Find(receive.SerialNumber) is not null ? list : throw new CkiProtocolException("The CRL does not list the receive certificate of B1.");
    }

    private static async Task<bool> RequireRefusedAsync(UserSession a1, CancellationToken cancellationToken)
    {
        try
        {
            await DemoCertificates.ReceiveAsync(a1, TimeProvider.System.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }
        catch (CkiProtocolException exception) when (exception.Failure == PKIFailureInfo.UserInRevokedUserList)
        {
            return true;
        }

        throw new CkiProtocolException("A1 got a certificate for a revoked user.");
    }
}
