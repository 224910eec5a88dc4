using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Is Annex C, IV to VI: A1 gets the receive certificate of B1 and seals a file, and B1, who needs an external seed key for it, opens it.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal static class AnnexCMessage
{
    private const string Text = "from A1 to B1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Runs it.</summary>
    /// <returns>The receive certificate of B1.</returns>
    public static async Task<Certificate> RunAsync(TwoDomains domains)
    {
        var (plain, message, opened) = (domains.PathOf("report.txt"), domains.PathOf("report.cki"), domains.PathOf("opened.txt"));
        await File.WriteAllTextAsync(plain, Text, Cancel);
        var seal = await TwoDomains.Json("user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("b1"), "--in", plain, "--out", message);
        Assert.Equal([TwoDomains.NameOf("b1")], seal.GetProperty("to").EnumerateArray().Select(name => name.GetString()));
        var receive = await AssertReceiveCertificateAsync(domains);
        await AssertMessageAsync(domains, message, receive);

        Assert.DoesNotContain(await Holdings.SeedsAsync(domains, "b1"), seed => seed.Cma.Equals(Holdings.NameOf("a")));
        var open = await TwoDomains.Json("user", "open", "--home", domains.PathOf("b1"), "--in", message, "--out", opened);
        Assert.Equal(TwoDomains.NameOf("a1"), open.GetProperty("from").GetString());
        Assert.Equal(Text, await File.ReadAllTextAsync(opened, Cancel));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(opened));
        await AssertExternalSeedAsync(domains, receive);
        return receive;
    }

    // IV (C.12 to C.14): CMA A made it with the key that it shares with B, under B's reference, and knows who has asked for it.
    private static async Task<Certificate> AssertReceiveCertificateAsync(TwoDomains domains)
    {
        var receive = await Holdings.OfUserAsync(domains, "a1", session => Task.FromResult(Assert.Single(session.Client.Certificates.Receive)));
        Assert.Equal((Holdings.UserOf("b1"), Holdings.NameOf("a")), (receive.Subject, receive.Issuer));
        var shared = AnnexC.With(await Holdings.KeysAsync(domains, "a"), "b");
        Assert.Equal(shared.Stored.YourReference, Holdings.ReferenceOf(Holdings.IdentifierOf(receive)));
        var serial = receive.SerialNumber.ToUnsigned().ToArray();
        var (issued, holders) = await Holdings.AtAsync(domains, "a", async host => (await host.Store.FindCertificateAsync(serial, Cancel), await host.Store.ListHoldersAsync(serial, Cancel)));
        Assert.Equal((IssuedCertificate.Receive, shared.Stored.MyReference), (issued?.Usage, issued?.KeyReference));
        Assert.Equal([Holdings.UserOf("a1").Canonical], holders);
        Assert.Contains("ckiRCrr", await Holdings.HandledAsync(domains, "a", Holdings.UserOf("a1")));
        return receive;
    }

    // V (C.15, C.16): both certificates go along with the message, which holds nothing of the text.
    private static async Task AssertMessageAsync(TwoDomains domains, string message, Certificate receive)
    {
        var send = await Holdings.OfUserAsync(domains, "a1", session => Task.FromResult(session.Client.Certificates.Send[0]));
        var octets = await File.ReadAllBytesAsync(message, Cancel);
        Assert.All([send, receive], certificate => Assert.True(octets.AsSpan().IndexOf(certificate.Encoded.Span) > 0, $"{certificate} does not go along"));
        Assert.True(octets.AsSpan().IndexOf("from A1"u8) < 0);
    }

    // VI (C.17 to C.21): B1 asked his CMA once, and holds the seed key that leads to the certified key.
    private static async Task AssertExternalSeedAsync(TwoDomains domains, Certificate receive)
    {
        var shared = AnnexC.With(await Holdings.KeysAsync(domains, "b"), "a");
        var seed = Assert.Single(await Holdings.SeedsAsync(domains, "b1"), held => held.Cma.Equals(Holdings.NameOf("a")));
        Assert.Equal((shared.Stored.MyReference, Holdings.IdentifierOf(receive)), (Holdings.ReferenceOf(seed.Identifier), seed.Identifier));
        await Holdings.OfUserAsync(domains, "b1", async session =>
        {
            (await session.Agent.DeriveKeyAsync(receive, DatedKeyUsage.Receive, Cancel)).Dispose();
            return true;
        });
        Assert.Single(await Holdings.HandledAsync(domains, "b", Holdings.UserOf("b1")), body => body == "ckiESrr");

        // Somebody else's receive certificate opens nobody its seed key (¶65).
        var refused = await Holdings.OfUserAsync(domains, "b2", session => session.Client.RequestSeedKeyAsync(receive, cancellationToken: Cancel));
        Assert.IsType<Protocol.Client.ExternalSeedKeyResult.Rejected>(refused);
        Assert.DoesNotContain(await Holdings.SeedsAsync(domains, "b2"), seed => seed.Cma.Equals(Holdings.NameOf("a")));
    }
}
