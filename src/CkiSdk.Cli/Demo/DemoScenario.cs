using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Cli.Hosting;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Cli.Demo;

/// <summary>Plays Annex C with real keys, real stores and real connections: I and II here, the rest in the parts below.</summary>
/// <param name="world">The parties.</param>
/// <param name="steps">Where the steps are told.</param>
internal sealed class DemoScenario(DemoWorld world, StepRecorder steps)
{
    private readonly DemoFiles _files = new();

    /// <summary>Runs all steps; what they make stays in the folder.</summary>
    /// <param name="cancellationToken">Stops the demo.</param>
    public async Task<DemoFiles> RunAsync(CancellationToken cancellationToken)
    {
        var (a, b) = await StartAsync(cancellationToken).ConfigureAwait(false);
        if (world.HasExchange)
        {
            await ExchangeAsync(a, b, cancellationToken).ConfigureAwait(false);
        }

        // Each tells the other of its first CRL.
        await a.Courier.DeliverAsync(cancellationToken).ConfigureAwait(false);
        await b.Courier.DeliverAsync(cancellationToken).ConfigureAwait(false);
        var certificates = new DemoCertificates(world, steps, _files);
        var a1 = await certificates.RunAsync(a, b, cancellationToken).ConfigureAwait(false);
        await new DemoMessage(world, steps, _files).RunAsync(a, b, a1, cancellationToken).ConfigureAwait(false);
        return _files;
    }

    // Annex C I.
    private async Task<(CmaHost A, CmaHost B)> StartAsync(CancellationToken cancellationToken)
    {
        var first = world.HasTlcma ? "C.1" : "C.3";
        var tlcma = world.HasTlcma
            ? await steps.RunAsync("C.1", "The TLCMA makes its keys and listens on TCP with TLS 1.3", () => world.StartTlcmaAsync(cancellationToken)).ConfigureAwait(false)
            : null;
        var certified = tlcma is null ? "its keys and its own certificate" : "its keys, is certified by the TLCMA";
        var a = await steps.RunAsync(first, $"CMA A makes {certified} and listens", () => world.StartCmaAsync('A', tlcma, cancellationToken)).ConfigureAwait(false);
        var b = await steps.RunAsync(first, $"CMA B makes {certified} and listens", () => world.StartCmaAsync('B', tlcma, cancellationToken)).ConfigureAwait(false);
        await steps.RunAsync(first, "The operators of A and B exchange the cards of their CMAs", () => DemoWorld.IntroduceAsync(a, b, cancellationToken)).ConfigureAwait(false);
        if (tlcma is not null)
        {
            await AskAsync(a, b, cancellationToken).ConfigureAwait(false);
            await AskAsync(b, a, cancellationToken).ConfigureAwait(false);
            await tlcma.Courier.DeliverAsync(cancellationToken).ConfigureAwait(false);
        }

        _files.CmaCertificate = world.Folder.Write("cma.pem", tlcma is null ? [a.Identity.Certificate] : [a.Identity.Certificate, tlcma.Identity.Certificate]);
        return (a, b);
    }

    private async Task AskAsync(CmaHost cma, CmaHost other, CancellationToken cancellationToken)
    {
        var (one, two) = (DemoWorld.LetterOf(cma), DemoWorld.LetterOf(other));
        var request = await steps.RunAsync("C.1", $"CMA {one} asks the TLCMA for IK({one}) and for IK(A,B) (ckiTrr)", () => cma.Authority.Requests
            .RequestDomainsAsync(withLocalKey: true, localValidity: null, [new RequestedDomain(other.Home.Name)], cancellationToken).AsTask()).ConfigureAwait(false);
        await steps.RunAsync("C.2", $"The TLCMA responds with IK({one}), IK(A,B) and the certificate of CMA {two} (ckiTrp)", async () =>
            Require(await cma.Exchange.SendAsync(request, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
    }

    // Annex C II.
    private async Task ExchangeAsync(CmaHost a, CmaHost b, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var cma in new[] { a, b })
        {
            var letter = DemoWorld.LetterOf(cma);
            await steps.RunAsync("C.3", $"CMA {letter} has IK({letter}) and makes its domain certificate DomCert({letter})", () =>
                cma.Authority.Administration.CreateDomainKeyAsync(now.AddMinutes(-5), now.AddYears(2), cancellationToken).AsTask()).ConfigureAwait(false);
        }

        var request = await steps.RunAsync("C.4", "CMA A asks CMA B for an exchange with DomCert(A) (ckiPrr)", () => a.Exchange.RequestPeerAsync(b.Home.Name, cancellationToken)).ConfigureAwait(false);
        await steps.RunAsync("C.5", "CMA B responds with DomCert(B) (ckiPrp)", async () =>
            Require(await a.Exchange.SendAsync(request, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
        var ofB = await steps.RunAsync("C.6", "CMA B has generated IK(A,B) from its private key and DomCert(A)", () => KeyWithAsync(b, a, cancellationToken)).ConfigureAwait(false);
        await steps.RunAsync("C.7", "CMA A has generated IK(A,B) from its private key and DomCert(B); the references mirror each other", async () =>
        {
            var ofA = await KeyWithAsync(a, b, cancellationToken).ConfigureAwait(false);
            return ofA.MyReference == ofB.YourReference && ofA.YourReference == ofB.MyReference ? true : throw new CkiProtocolException("The references of the two sides do not mirror each other.");
        }).ConfigureAwait(false);
    }

    private static async Task<StoredInteroperabilityKey> KeyWithAsync(CmaHost cma, CmaHost other, CancellationToken cancellationToken)
    {
        var keys = await cma.Store.ListInteroperabilityKeysAsync(cancellationToken).ConfigureAwait(false);
        return keys.LastOrDefault(key => key.ExternalCma == other.Home.Name.Canonical && key.Source is null)
            ?? throw new CkiProtocolException($"{cma.Home.Name} has no key with {other.Home.Name}.");
    }

    private static RequestOutcome Require(RequestOutcome outcome) => outcome.Status == PKIStatus.Granted || outcome.Status == PKIStatus.GrantedWithMods
        ? outcome
        : throw new CkiProtocolException(outcome.Failure, outcome.Text);
}
