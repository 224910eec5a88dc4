using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Users;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Client;

namespace CkiSdk.Cli.Demo;

/// <summary>Plays Annex C III and IV: A1's send certificate, and the receive certificate of B1 that CMA A makes for A1.</summary>
/// <param name="world">The parties.</param>
/// <param name="steps">Where the steps are told.</param>
/// <param name="files">Where the files are named.</param>
internal sealed class DemoCertificates(DemoWorld world, StepRecorder steps, DemoFiles files)
{
    /// <summary>The name of the recipient.</summary>
    public static DistinguishedName B1 { get; } = DistinguishedName.Parse("CN=User B1,O=Domain B,C=GB");

    /// <summary>Runs the steps.</summary>
    /// <param name="a">CMA A.</param>
    /// <param name="b">CMA B.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A1.</returns>
    public async Task<UserSession> RunAsync(CmaHost a, CmaHost b, CancellationToken cancellationToken)
    {
        await steps.RunAsync("C.8", "CMA A has its local key IK(A) loaded", () => RequireKeyAsync(a, other: null, cancellationToken)).ConfigureAwait(false);
        var a1 = await steps.RunAsync("C.9", "CMA A enrols User A1", () => world.EnrolAsync(a, "A1", cancellationToken)).ConfigureAwait(false);
        await steps.RunAsync("C.9", "A1 fetches his seed key Seed(A1) (ckiESann) and opens it", () => a1.Client.FetchAnnouncementsAsync(cancellationToken)).ConfigureAwait(false);
        var now = TimeProvider.System.GetUtcNow();
        var granted = await steps.RunAsync("C.10", "A1 requests a send certificate (ckiSCrr); CMA A makes SendCert(A1) with IK(A) and replies (ckiSCrp)", () => SendAsync(a1, now, cancellationToken)).ConfigureAwait(false);
        using var key = granted.PrivateKey;
        await steps.RunAsync("C.11", "The private key derived from Seed(A1) has the certified public key; the certificate is signed by CMA A", () => Task.FromResult(KeepSend(granted, a))).ConfigureAwait(false);

        await steps.RunAsync("C.12", "CMA A has IK(A,B) loaded", () => RequireKeyAsync(a, b, cancellationToken)).ConfigureAwait(false);
        var receive = await steps.RunAsync("C.13", "A1 requests the receive certificate of B1 (ckiRCrr)", () => ReceiveAsync(a1, now, cancellationToken)).ConfigureAwait(false);
        await steps.RunAsync("C.14", "CMA A made RecCert(B1) with IK(A,B) and replied (ckiRCrp)", () => Task.FromResult(KeepReceive(receive, a))).ConfigureAwait(false);
        return a1;
    }

    /// <summary>Asks for the receive certificate of B1.</summary>
    /// <param name="a1">Who asks.</param>
    /// <param name="now">The start of its validity.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<Certificate> ReceiveAsync(UserSession a1, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var result = await a1.Client.RequestReceiveCertificatesAsync([B1], now, now.AddYears(1), cancellationToken: cancellationToken).ConfigureAwait(false);
        return result switch
        {
            ReceiveCertificatesResult.Granted granted => granted.Certificates[0],
            ReceiveCertificatesResult.Rejected rejected => throw new CkiProtocolException(rejected.Failure, rejected.Text),
            _ => throw new CkiWaitingException("The CMA has not decided in time."),
        };
    }

    /// <summary>Requires that a CMA has a key in effect.</summary>
    /// <param name="cma">The CMA.</param>
    /// <param name="other">With whom; null for that of its own domain.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<bool> RequireKeyAsync(CmaHost cma, CmaHost? other, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var keys = await cma.Store.ListInteroperabilityKeysAsync(cancellationToken).ConfigureAwait(false);
        return keys.Any(key => key.ExternalCma == other?.Home.Name.Canonical && key.NotBefore <= now && now < key.NotAfter)
            ? true
            : throw new CkiProtocolException($"{cma.Home.Name} has no key in effect.");
    }

    private static async Task<SendCertificateResult.Granted> SendAsync(UserSession a1, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var result = await a1.Client.RequestSendCertificateAsync(now, now.AddYears(1), cancellationToken: cancellationToken).ConfigureAwait(false);
        return result as SendCertificateResult.Granted
            ?? throw new CkiProtocolException(result is SendCertificateResult.Rejected rejected ? rejected.Text : "The CMA has not decided in time.");
    }

    // The agent has compared keys and signature already; the demo does it once more from what it leaves behind.
    private bool KeepSend(SendCertificateResult.Granted granted, CmaHost a)
    {
        files.SendCertificate = world.Folder.Write("a1-send.pem", granted.Certificate);
        var kept = Certificate.FromPem(File.ReadAllText(files.SendCertificate));
        return DhPublicKeys.TryDecode(kept.SubjectPublicKeyInfo, DhGroups.Named, out _, out var publicValue)
            && granted.PrivateKey.PublicValue.Span.SequenceEqual(publicValue) && kept.IsSignedBy(a.Identity.Certificate, CryptoProviders.Software)
            ? true
            : throw new CkiProtocolException("The send certificate in the folder does not carry the derived key, or is not signed by the CMA.");
    }

    private bool KeepReceive(Certificate receive, CmaHost a)
    {
        files.ReceiveCertificate = world.Folder.Write("b1-receive.pem", receive);
        return receive.Subject.Equals(B1) && receive.IsSignedBy(a.Identity.Certificate, CryptoProviders.Software)
            ? true
            : throw new CkiProtocolException("The receive certificate is not B1's, or not signed by CMA A.");
    }
}
