using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Crypto;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Sealing;
using CkiSdk.TestSupport;

namespace CkiSdk.Protocol.Tests.Sealing;

/// <summary>Nothing is sealed or opened against a rule of profile section 5, and what was touched opens nothing.</summary>
public sealed class SealingRefusalTests
{
    [Fact]
    public async Task Sealing_Requires_ACurrentList()
    {
        var parties = await SealingParties.Create();
        var other = await SealingDomain.Create("CN=CMA A,O=Domain A,C=GB", "O=Domain A,C=GB");
        foreach (var list in new[] { null, parties.DomainA.List(SealingDomain.Now.AddMinutes(-1)), parties.DomainA.List(SealingDomain.Now.AddDays(9)), other.List() })
        {
            var options = await parties.Options() with { Issuer = new TrustedIssuer(parties.DomainA.Certificate, list) };
            var exception = await Assert.ThrowsAsync<CkiProtocolException>(() => parties.Seal([1], options));
            Assert.Contains("crl", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Sealing_Refuses_RevokedCertificates()
    {
        var parties = await SealingParties.Create();
        foreach (var revoked in new[] { parties.Send, parties.ReceiveB1 })
        {
            var issuer = new TrustedIssuer(parties.DomainA.Certificate, parties.DomainA.List(null, revoked.Certificate));
            var exception = await Assert.ThrowsAsync<CkiProtocolException>(async () => await parties.Seal([1], await parties.Options() with { Issuer = issuer }));
            Assert.Contains("revoked", exception.Message, StringComparison.Ordinal);
        }

        var underRevoked = await Assert.ThrowsAsync<CkiProtocolException>(
            async () => await parties.Seal([1], await parties.Options() with { Issuer = parties.DomainA.Trusted with { IsRevoked = true } }));
        Assert.Contains("¶104", underRevoked.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sealing_Refuses_WrongRecipients()
    {
        var parties = await SealingParties.Create();
        var domainB = await SealingDomain.Create("CN=CMA B,O=Domain B,C=GB", "O=Domain B,C=GB");
        var ofB = await domainB.Issue(SealingParties.B1, DatedKeyUsage.Receive);
        var otherGroup = await parties.DomainA.Issue(SealingParties.B1, DatedKeyUsage.Receive, DhGroups.Ffdhe3072);
        var expired = await parties.DomainA.Issue(SealingParties.B1, DatedKeyUsage.Receive, notAfter: SealingDomain.Now.AddHours(-1));
        var b1 = DistinguishedName.Parse(SealingParties.B1);
        (string Description, SealingRecipient Recipient)[] wrong =
        [
            ("a certificate of somebody else", new SealingRecipient(DistinguishedName.Parse("CN=B2,O=Domain B,C=GB"), parties.ReceiveB1.Certificate)),
            ("a certificate of another CMA", new SealingRecipient(b1, ofB.Certificate)),
            ("another group", new SealingRecipient(b1, otherGroup.Certificate)),
            ("an expired certificate", new SealingRecipient(b1, expired.Certificate)),
            ("a send certificate", new SealingRecipient(DistinguishedName.Parse(SealingParties.A1), parties.Send.Certificate)),
        ];
        foreach (var (description, recipient) in wrong)
        {
            var options = await parties.Options(recipients: [parties.ToA2, recipient]);
            var exception = await Record.ExceptionAsync(() => parties.Seal([1], options));
            Assert.True(exception is CkiProtocolException, description);
        }

        await Assert.ThrowsAsync<ArgumentException>(async () => await parties.Seal([1], await parties.Options(recipients: [parties.ToA2, parties.ToA2])));
        await Assert.ThrowsAsync<ArgumentException>(async () => await parties.Seal([1], await parties.Options() with { Recipients = [] }));
        await Assert.ThrowsAsync<ArgumentException>(async () => await parties.Seal([1], await parties.Options() with { SendKey = await parties.ReceiveA2.OpenAsync() }));
        var signer = await SealAndOpenTests.Signer(SealingParties.A1);
        await Assert.ThrowsAsync<ArgumentException>(async () => await parties.Seal([1], await parties.Options(SealingScheme.OpenSsl, signer)));
    }

    [Fact]
    public async Task Sealing_Refuses_ASenderOutsideTheDomain()
    {
        var parties = await SealingParties.Create();
        var outside = await parties.DomainA.Issue("CN=B9,O=Domain B,C=GB", DatedKeyUsage.Send);
        var options = await parties.Options() with { SendCertificate = outside.Certificate, SendKey = await outside.OpenAsync() };
        var exception = await Assert.ThrowsAsync<CkiProtocolException>(() => parties.Seal([1], options));
        Assert.Contains("domain", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_Refuses_AnotherCmaThatPoses()
    {
        // CMA M made a receive certificate for B1, so that it knows his key in it, and a send certificate in the name of A1, whose domain is not its own.
        var parties = await SealingParties.Create();
        var mallory = await SealingDomain.Create("CN=CMA M,O=Domain M,C=GB", "O=Domain M,C=GB");
        var send = await mallory.Issue(SealingParties.A1, DatedKeyUsage.Send);
        var receive = await mallory.Issue(SealingParties.B1, DatedKeyUsage.Receive);
        var forged = await Forge(send, receive, mallory);
        var trusting = parties.Opener(SealingParties.B1, receive) with { Issuers = [parties.DomainA.Trusted, mallory.Trusted] };
        var (result, content) = await parties.Open(forged, trusting);
        Assert.Equal(OpeningRefusal.WrongCertificate, result.Refusal);
        Assert.Contains("domain", result.Reason, StringComparison.Ordinal);
        Assert.Null(content);

        // And with A1's real send certificate, whose key it does not have, beside its own receive certificate.
        var mixed = await Forge(parties.Send, receive, mallory);
        (result, content) = await parties.Open(mixed, trusting);
        Assert.Equal(OpeningRefusal.WrongCertificate, result.Refusal);
        Assert.Contains("pose", result.Reason, StringComparison.Ordinal);
        Assert.Null(content);
    }

    [Fact]
    public async Task Opening_Requires_TrustListAndGoodStanding()
    {
        var parties = await SealingParties.Create();
        var message = await parties.Seal([1]);
        var opener = parties.Opener(SealingParties.B1, parties.ReceiveB1);
        var cma = parties.DomainA.Certificate;
        (OpeningRefusal Refusal, TrustedIssuer[] Issuers)[] cases =
        [
            (OpeningRefusal.UnknownIssuer, []),
            (OpeningRefusal.NoCurrentList, [new TrustedIssuer(cma, null)]),
            (OpeningRefusal.NoCurrentList, [new TrustedIssuer(cma, parties.DomainA.List(SealingDomain.Now.AddSeconds(-1)))]),
            (OpeningRefusal.NoCurrentList, [new TrustedIssuer(cma, await parties.DomainA.List(list => list with { BaseNumber = 8 }))]),
            (OpeningRefusal.NoCurrentList, [new TrustedIssuer(cma, await parties.DomainA.List(list => list with { DistributionPoint = new IssuingDistPointSyntax { OnlyContainsCACerts = true } }))]),
            (OpeningRefusal.NoCurrentList, [new TrustedIssuer(cma, await parties.DomainA.List(list => list with { DistributionPoint = new IssuingDistPointSyntax { OnlySomeReasons = ReasonFlags.KeyCompromise } }))]),
            (OpeningRefusal.Revoked, [new TrustedIssuer(cma, parties.DomainA.List(null, parties.Send.Certificate))]),
            (OpeningRefusal.Revoked, [new TrustedIssuer(cma, parties.DomainA.List(null, parties.ReceiveB1.Certificate))]),
            (OpeningRefusal.Revoked, [parties.DomainA.Trusted with { IsRevoked = true }]),
        ];
        foreach (var (refusal, issuers) in cases)
        {
            var (result, content) = await parties.Open(message, opener with { Issuers = issuers });
            Assert.Equal(refusal, result.Refusal);
            Assert.NotEmpty(result.Reason);
            Assert.Null(content);
        }
    }

    [Theory]
    [InlineData(SealingScheme.TokenKey)]
    [InlineData(SealingScheme.OpenSsl)]
    public async Task EveryChangedOctet_ReleasesNothing(SealingScheme scheme)
    {
        var parties = await SealingParties.Create();
        var content = new byte[40];
        var message = await parties.Seal(content, await parties.Options(scheme, recipients: parties.ToB1));
        var step = LongRun.Count(17, 1);
        for (var i = 0; i < message.Length; i += step)
        {
            foreach (var bit in new[] { 0x01, 0x80 })
            {
                var changed = (byte[])message.Clone();
                changed[i] ^= (byte)bit;
                try
                {
                    var (result, released) = await parties.OpenAsB1(changed, scheme);
                    Assert.False(result.IsOpened && !content.AsSpan().SequenceEqual(released), $"octet {i}");
                    Assert.True(result.IsOpened == (released is not null));
                }
                catch (Asn1.DerException)
                {
                    // The octets are no such message any more.
                }
            }
        }
    }

    [Fact]
    public async Task WhatFailsInTheContent_SaysNothing()
    {
        var parties = await SealingParties.Create();
        var message = await parties.Seal(new byte[100_000]);
        foreach (var place in new[] { message.Length - 5, message.Length - 40, message.Length / 2 })
        {
            var changed = (byte[])message.Clone();
            changed[place] ^= 1;
            OpenedMessage result;
            byte[]? content;
            try
            {
                (result, content) = await parties.OpenAsB1(changed);
            }
            catch (Asn1.DerException)
            {
                continue;
            }

            Assert.Equal(OpeningRefusal.NotAuthentic, result.Refusal);
            Assert.Equal("", result.Reason);
            Assert.Null(content);
        }
    }

    [Fact]
    public async Task Truncation_ReleasesNothing()
    {
        var parties = await SealingParties.Create();
        var message = await parties.Seal(new byte[200_000]);
        foreach (var length in new[] { 0, 1, 100, message.Length / 2, message.Length - 20, message.Length - 1 })
            await Assert.ThrowsAsync<Asn1.DerException>(() => parties.OpenAsB1(message[..length]));
        await Assert.ThrowsAsync<Asn1.DerException>(() => parties.OpenAsB1([.. message, 0]));
    }

    [Fact]
    public async Task Sealing_Fails_WhereTheContentFails()
    {
        var parties = await SealingParties.Create();
        var signer = await SealAndOpenTests.Signer(SealingParties.A1);
        using var broken = new PatternStream(500_000, failAt: 300_000);
        using var message = new MemoryStream();
        var options = await parties.Options(signer: signer);
        await Assert.ThrowsAnyAsync<IOException>(() => MessageSealer.SealAsync(broken, message, options, SealingDomain.Provider, parties.Time));
        await Assert.ThrowsAsync<Asn1.DerException>(() => parties.OpenAsB1(message.ToArray()));
    }

    private static async Task<byte[]> Forge(DatedKey send, DatedKey receive, SealingDomain issuer)
    {
        // By the parts of the sealer that ask no questions.
        var encryption = KeyEncryption.Of(SealingScheme.TokenKey);
        Assert.True(Pki.Algorithms.DhPublicKeys.TryDecode(receive.Certificate.SubjectPublicKeyInfo, DhGroups.Named, out _, out var y));
        Assert.NotNull(issuer);
        var recipient = new SealedRecipient(encryption, send.Certificate, await send.OpenAsync(), receive.Certificate, y, SealingDomain.Provider);
        var options = new Pki.Cms.Envelopes.EnvelopeOptions
        {
            Recipients = [recipient],
            AuthenticatedAttributes = [MessageCertificateHashes.Make(send.Certificate, [receive.Certificate])],
            OriginatorCertificates = [send.Certificate, receive.Certificate],
        };
        using var message = new MemoryStream();
        await Pki.Cms.Envelopes.MessageEnvelopes.EncryptAsync(new MemoryStream([1]), message, options, SealingDomain.Provider);
        return message.ToArray();
    }
}
