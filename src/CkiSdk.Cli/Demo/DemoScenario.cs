using System.Net;
using CkiSdk.Cli.Hosting;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Client;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Cli.Demo;

/// <summary>Plays Annex C III with real keys, a real store and a real connection.</summary>
internal static class DemoScenario
{
    /// <summary>Runs all steps; what they make stays in the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="steps">Where the steps are told.</param>
    /// <param name="log">Where warnings go.</param>
    /// <param name="cancellationToken">Stops the demo.</param>
    public static async Task RunAsync(DemoFolder folder, StepRecorder steps, ILoggerFactory log, CancellationToken cancellationToken)
    {
        var provider = CryptoProviders.Software;
        var now = TimeProvider.System.GetUtcNow();
        using var authority = await steps.RunAsync(
            "C.8", "An authority for authentication certificates is made", () => DemoAuthority.CreateAsync(provider, now, cancellationToken)).ConfigureAwait(false);
        await steps.RunAsync(
            "C.8", $"{DemoCma.Name} makes its keys and its CMA certificate for the domain {DemoCma.Subtree}", () => DemoCma.CreateAsync(provider, authority, folder.Cma, now, cancellationToken)).ConfigureAwait(false);
        await using var cma = await steps.RunAsync(
            "C.8", "The CMA opens its store and makes the domain's interoperability key IK(A)", () => OpenAsync(folder.Cma, log, now, cancellationToken)).ConfigureAwait(false);
        var endPoint = await steps.RunAsync(
            "C.8", "The CMA listens on TCP with TLS 1.3 and client certificates", () => cma.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0), cancellationToken)).ConfigureAwait(false);

        await using var user = await steps.RunAsync(
            "C.9", $"{DemoUser.Name} makes his authentication and encryption keys", () => DemoUser.CreateAsync(provider, authority, folder, cancellationToken)).ConfigureAwait(false);
        await steps.RunAsync(
            "C.9", "The CMA enrols A1 and seals his seed key to his encryption certificate", () => EnrolAsync(cma, user, now, cancellationToken)).ConfigureAwait(false);
        user.Connect(provider, cma.Identity.Certificate, endPoint, authority.Certificate, folder);
        await steps.RunAsync(
            "C.9", "A1 fetches his seed key Seed(A1) as ckiESann over TLS and opens it", () => user.FetchSeedKeyAsync(cancellationToken)).ConfigureAwait(false);

        var granted = await steps.RunAsync(
            "C.10", "A1 requests a send certificate (ckiSCrr); the CMA makes SendCert(A1) with IK(A) and replies (ckiSCrp)", () => user.RequestSendCertificateAsync(now, cancellationToken)).ConfigureAwait(false);
        using var key = granted.PrivateKey;
        await steps.RunAsync(
            "C.11", "The private key derived from Seed(A1) has the certified public key; the certificate is signed by the CMA", () => KeepAsync(granted, cma.Identity.Certificate, folder)).ConfigureAwait(false);
    }

    private static async Task<CmaHost> OpenAsync(CmaFolder folder, ILoggerFactory log, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Read back from the folder, as every later run of this CMA does.
        var provider = CryptoProviders.Software;
        var host = await CmaHost.OpenAsync(
            folder, await folder.ReadAsync(provider, now, cancellationToken).ConfigureAwait(false), provider, log, cancellationToken).ConfigureAwait(false);
        await host.Authority.Administration.CreateLocalKeyAsync(now.AddMinutes(-5), now.AddYears(2), cancellationToken).ConfigureAwait(false);
        return host;
    }

    private static async Task<bool> EnrolAsync(CmaHost cma, DemoUser user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await cma.Authority.Administration.EnrolAsync(DemoUser.Name, user.EncryptionCertificate, now, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>The agent has compared keys and signature already; the demo does it once more from what it leaves behind.</summary>
    private static Task<bool> KeepAsync(SendCertificateResult.Granted granted, Certificate cma, DemoFolder folder)
    {
        folder.Write("a1-send.pem", granted.Certificate);
        var kept = Certificate.FromPem(File.ReadAllText(folder.SendCertificate));
        var certified = CkiSdk.Pki.Algorithms.DhPublicKeys.TryDecode(
            kept.SubjectPublicKeyInfo, CkiSdk.Crypto.DhGroups.Named, out _, out var publicValue) && granted.PrivateKey.PublicValue.Span.SequenceEqual(publicValue);
        return certified && kept.IsSignedBy(cma, CryptoProviders.Software)
            ? Task.FromResult(true)
            : throw new CkiProtocolException("The send certificate in the folder does not carry the derived key, or is not signed by the CMA.");
    }
}
