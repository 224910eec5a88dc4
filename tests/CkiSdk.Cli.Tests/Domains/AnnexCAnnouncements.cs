using System.Collections.Concurrent;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Derivation;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Is what Annex C shows by requests, in the form that nobody has asked for: send and receive certificates that follow others which end soon (Part 2 ¶79, ¶91). Seed keys that are announced (¶62) are those of the enrolment and after a revocation.</summary>
internal static class AnnexCAnnouncements
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Runs it: a CMA looks for what ends soon when it starts.</summary>
    public static async Task RunAsync(TwoDomains domains)
    {
        await domains.EnrolSilentlyAsync("a5");
        var now = TimeProvider.System.GetUtcNow();
        var (send, receive) = await Holdings.OfUserAsync(domains, "a5", async session =>
        {
            await session.Client.FetchAnnouncementsAsync(Cancel); // the seed key
            var granted = Assert.IsType<SendCertificateResult.Granted>(await session.Client.RequestSendCertificateAsync(now, now.AddDays(1), cancellationToken: Cancel));
            granted.PrivateKey.Dispose();
            var others = Assert.IsType<ReceiveCertificatesResult.Granted>(await session.Client.RequestReceiveCertificatesAsync([Holdings.UserOf("b2")], now, now.AddDays(1), cancellationToken: Cancel));
            return (granted.Certificate, others.Certificates[0]);
        });
        Assert.All([send, receive], certificate => Assert.True(certificate.NotAfter < now.AddDays(2), $"{certificate}"));

        await domains.StopAsync("a");
        await domains.StartAsync("a");
        var heard = new ConcurrentQueue<PKIBody>();
        await TwoDomains.UntilAsync("certificates that nobody has asked for", async () =>
        {
            await Holdings.OfUserAsync(domains, "a5", session => session.Client.FetchAnnouncementsAsync(Cancel), transport => new Listening(transport, heard));
            return heard.Any(body => body is PKIBody.CkiSCann) && heard.Any(body => body is PKIBody.CkiRCann);
        });
        await Holdings.OfUserAsync(domains, "a5", async session =>
        {
            var (nextSend, nextReceive) = (session.Client.Certificates.Send.Except([send]).Single(), session.Client.Certificates.Receive.Except([receive]).Single());
            AssertFollows(nextSend, send);
            AssertFollows(nextReceive, receive);
            // One that was not acknowledged comes once more.
            Assert.All(heard.OfType<PKIBody.CkiSCann>(), body => Assert.Equal(nextSend.Value, body.Value));
            Assert.All(heard.OfType<PKIBody.CkiRCann>(), body => Assert.Equal(nextReceive.Value, body.Value.Value.Single()));
            (await session.Agent.DeriveKeyAsync(nextSend, DatedKeyUsage.Send, Cancel)).Dispose();
            return true;
        });
    }

    private static void AssertFollows(Certificate next, Certificate before)
    {
        Assert.Equal((before.Subject, Holdings.IdentifierOf(before)), (next.Subject, Holdings.IdentifierOf(next)));
        Assert.True(next.NotBefore < before.NotAfter && next.NotAfter > before.NotAfter, $"{before}, {next}");
    }

    private sealed class Listening(ICkiTransport inner, ConcurrentQueue<PKIBody> heard) : ICkiTransport
    {
        public ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default) => inner.ExchangeAsync(request, cancellationToken);

        public async ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default)
        {
            var announcement = await inner.NextAnnouncementAsync(acknowledgesPrevious, cancellationToken);
            if (announcement is not null) heard.Enqueue(PKIMessage.Decode(announcement.Octets).Body);
            return announcement;
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
