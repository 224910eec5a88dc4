using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Is what two domains do with each other by the commands of operators and users (Part 2 Annex C), whatever way their messages go. What each step has come to is read out of the homes of those who took part.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal static class AnnexC
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Runs all of it between two domains whose authorities run already.</summary>
    public static async Task RunAsync(TwoDomains domains)
    {
        await domains.KeysAsync();
        await AssertParametersAsync(domains);
        await AssertSendCertificateAsync(domains);
        await AnnexCRecovery.EnrolAsync(domains);
        var receive = await AnnexCMessage.RunAsync(domains);
        await AnnexCRecovery.RunAsync(domains);
        await AnnexCRevocation.RunAsync(domains, receive);
        await AssertExchangedAsync(domains);
        await AnnexCAnnouncements.RunAsync(domains);
    }

    // I (C.1, C.2) with a TLCMA, II (C.3 to C.7) without: both sides have the same key under references that mirror each other, and each has one of its own.
    private static async Task AssertParametersAsync(TwoDomains domains)
    {
        var (a, b) = (await Holdings.KeysAsync(domains, "a"), await Holdings.KeysAsync(domains, "b"));
        var (ofA, ofB) = (With(a, "b"), With(b, "a"));
        AssertMirrored(ofA, ofB);
        Assert.NotEqual(Local(a).Digest, Local(b).Digest);
        if (domains.HasTlcma)
        {
            foreach (var (cma, keys) in new[] { ("a", a), ("b", b) })
            {
                Assert.All(keys, key => Assert.Equal(DistinguishedName.Parse("CN=TLCMA,C=GB").Canonical, key.Stored.Source));
                Assert.Contains("ckiTrr", await Holdings.HandledAsync(domains, "top", Holdings.NameOf(cma)));
                Assert.Subset((await Holdings.SuppliedAsync(domains, cma)).ToHashSet(), keys.Select(key => key.Digest).ToHashSet());
            }
        }
        else
        {
            Assert.All([.. a, .. b], key => Assert.Null(key.Stored.Source));
            Assert.False(ofA.Stored.DomainCertificate.IsEmpty || ofB.Stored.DomainCertificate.IsEmpty);

            // Where both ask at once they have the key before the answers come (¶52).
            await TwoDomains.UntilAsync("a request and an answer between the CMAs", async () =>
            {
                string[] exchanged = [.. await Holdings.HandledAsync(domains, "a", Holdings.NameOf("b")), .. await Holdings.HandledAsync(domains, "b", Holdings.NameOf("a"))];
                return exchanged.Contains("ckiPrr") && exchanged.Contains("ckiPrp");
            });
        }
    }

    // III (C.8 to C.11): A1 has a seed key under the key of his domain, and the key of the send certificate that he asked for comes from it.
    private static async Task AssertSendCertificateAsync(TwoDomains domains)
    {
        await domains.EnrolAsync("a1");
        await domains.EnrolAsync("b1");
        foreach (var (user, cma) in new[] { ("a1", "a"), ("b1", "b") })
        {
            var local = Local(await Holdings.KeysAsync(domains, cma));
            var seed = Assert.Single(await Holdings.SeedsAsync(domains, user));
            Assert.Equal((Holdings.NameOf(cma), local.Stored.MyReference), (seed.Cma, Holdings.ReferenceOf(seed.Identifier)));
            var send = await Holdings.OfUserAsync(domains, user, async session =>
            {
                var certificate = Assert.Single(session.Client.Certificates.Send);
                (await session.Agent.DeriveKeyAsync(certificate, DatedKeyUsage.Send, Cancel)).Dispose(); // only if its public half is the certified one
                return certificate;
            });
            Assert.Equal((Holdings.UserOf(user), seed.Identifier), (send.Subject, Holdings.IdentifierOf(send)));
            var issued = await Holdings.AtAsync(domains, cma, async host => await host.Store.FindCertificateAsync(send.SerialNumber.ToUnsigned().ToArray(), Cancel));
            Assert.Equal((IssuedCertificate.Send, local.Stored.MyReference), (issued?.Usage, issued?.KeyReference));
            Assert.Contains("ckiSCrr", await Holdings.HandledAsync(domains, cma, Holdings.UserOf(user)));
        }
    }

    // An operator asks for another key at once (III.A or III.B): both have it, beside the one before.
    private static async Task AssertExchangedAsync(TwoDomains domains)
    {
        var before = With(await Holdings.KeysAsync(domains, "b"), "a");
        var exchanged = await TwoDomains.Json("cma", "peer", "exchange", "--home", domains.PathOf("b"), "--cma", Holdings.NameOf("a").ToString());
        Assert.Equal("granted", exchanged.GetProperty("status").GetString());
        var ofB = With(await Holdings.KeysAsync(domains, "b"), "a");
        await TwoDomains.UntilAsync("the new key at the other CMA", async () => With(await Holdings.KeysAsync(domains, "a"), "b").Digest == ofB.Digest);
        AssertMirrored(With(await Holdings.KeysAsync(domains, "a"), "b"), ofB);
        Assert.NotEqual(before.Digest, ofB.Digest);
        Assert.Contains(await Holdings.KeysAsync(domains, "b"), key => key.Digest == before.Digest);
    }

    /// <summary>Gets the key that a CMA shares with another one; the latest of several.</summary>
    public static HeldKey With(IEnumerable<HeldKey> keys, string cma) => keys.Last(key => key.Stored.ExternalCma == Holdings.NameOf(cma).Canonical);

    /// <summary>Gets the key of a CMA's own domain.</summary>
    public static HeldKey Local(IEnumerable<HeldKey> keys) => keys.Last(key => key.Stored.ExternalCma is null);

    private static void AssertMirrored(HeldKey ofA, HeldKey ofB)
    {
        Assert.Equal(ofA.Digest, ofB.Digest);
        Assert.Equal((ofA.Stored.MyReference, ofA.Stored.YourReference), (ofB.Stored.YourReference, ofB.Stored.MyReference));
        Assert.NotEqual(ofA.Stored.MyReference, ofA.Stored.YourReference);
    }
}
