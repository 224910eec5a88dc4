using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Cms.Signatures;
using CkiSdk.Pki.Paths;
using CkiSdk.Protocol;
using CkiSdk.Transports.Cms;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Tests.Cms;

/// <summary>Shows which services a message has that travels as CMS, and that nothing is taken for more than it is.</summary>
public sealed class CmsProtectionTests
{
    private static readonly byte[] Message = [0x30, 0x03, 0x02, 0x01, 0x05];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignedAndEncrypted_HasAllServices_AndTheCertificateForTheAnswer()
    {
        var (client, server) = (await CmsParty.Client, await CmsParty.Server);
        var octets = await new CmsProtection(client).ProtectAsync(Message, server.EncryptionCertificate, Cancel);
        Assert.Equal(-1, octets.AsSpan().IndexOf(Message));
        var opened = await new CmsProtection(server).OpenAsync(octets, Cancel);
        Assert.Equal(Message, opened!.Octets.ToArray());
        Assert.Equal((SecurityServices.All, TestAuthority.ClientName), (opened.Services, opened.Sender!.Name));
        Assert.Equal(client.EncryptionCertificate.Encoded.ToArray(), opened.Receives!.Encoded.ToArray());
        Assert.Null(await new CmsProtection(client).OpenAsync(octets, Cancel));
    }

    [Fact]
    public async Task OnlySigned_IsNotConfidential_AndOnlyEncrypted_IsNothing()
    {
        var (client, server) = (await CmsParty.Client, await CmsParty.Server);
        using var signed = new MemoryStream();
        await SignedMessages.SignAsync(new MemoryStream(Message), signed, new SigningOptions { Signers = [new MessageSigner { Certificate = client.SigningCertificate, Key = client.SigningKey }] }, Cancel);
        var opened = await new CmsProtection(server).OpenAsync(signed.ToArray(), Cancel);
        Assert.Equal((SecurityServices.OriginAuthentication | SecurityServices.Integrity, TestAuthority.ClientName), (opened!.Services, opened.Sender!.Name));
        Assert.Null(opened.Receives);

        using var encrypted = new MemoryStream();
        await MessageEnvelopes.EncryptAsync(new MemoryStream(Message), encrypted, new EnvelopeOptions { Recipients = [EnvelopeRecipient.For(server.EncryptionCertificate)] }, CryptoProviders.Software, Cancel);
        opened = await new CmsProtection(server).OpenAsync(encrypted.ToArray(), Cancel);
        Assert.Equal((SecurityServices.None, null), (opened!.Services, opened.Sender));
        Assert.Equal(Message, opened.Octets.ToArray());
    }

    [Fact]
    public async Task WhomNobodyTrusts_OrExpects_IsNobody()
    {
        var server = await CmsParty.Server;
        var stranger = await CmsParty.CreateAsync(TestAuthority.Foreign.Certify(TestAuthority.ClientName), TestAuthority.ClientName, TestAuthority.Foreign);
        var octets = await new CmsProtection(stranger).ProtectAsync(Message, server.EncryptionCertificate, Cancel);
        Assert.Equal((SecurityServices.None, null), await Open(server));

        octets = await new CmsProtection(await CmsParty.Client).ProtectAsync(Message, server.EncryptionCertificate, Cancel);
        Assert.Equal((SecurityServices.None, null), await Open(server with { Peer = TestAuthority.ServerName }));
        Assert.Equal((SecurityServices.None, null), await Open(server with { Accepts = _ => false }));
        Assert.Equal(SecurityServices.All, (await Open(server with { Accepts = _ => true, Peer = TestAuthority.ClientName })).Services);

        async Task<(SecurityServices Services, Peer? Sender)> Open(CmsIdentity self) => await new CmsProtection(self).OpenAsync(octets, Cancel) is { } opened ? (opened.Services, opened.Sender) : throw new InvalidOperationException();
    }

    [Fact]
    public async Task WhatIsEncrypted_ToACertificateOfBefore_Opens()
    {
        var (client, before) = (await CmsParty.Client, await CmsParty.Server);
        var now = await CmsParty.CreateAsync(TestAuthority.Server, TestAuthority.ServerName);
        var octets = await new CmsProtection(client).ProtectAsync(Message, before.EncryptionCertificate, Cancel);
        Assert.Null(await new CmsProtection(now).OpenAsync(octets, Cancel));
        var opened = await new CmsProtection(now with { FormerEncryptionKeys = [client.EncryptionKey, before.EncryptionKey] }).OpenAsync(octets, Cancel);
        Assert.Equal((SecurityServices.All, TestAuthority.ClientName), (opened!.Services, opened.Sender!.Name));
    }

    [Fact]
    public async Task Anchors_MayChange_WhileItIsInUse()
    {
        var server = await CmsParty.Server;
        IReadOnlyList<TrustAnchor> anchors = server.Anchors;
        var protection = new CmsProtection(server with { PresentAnchors = () => anchors });
        var stranger = await CmsParty.CreateAsync(TestAuthority.Foreign.Certify(TestAuthority.ClientName), TestAuthority.ClientName, TestAuthority.Foreign);
        var both = stranger with { Anchors = [.. TrustAnchor.Of([TestAuthority.Trusted.Anchor, TestAuthority.Foreign.Anchor])] };
        var octets = await new CmsProtection(both).ProtectAsync(Message, server.EncryptionCertificate, Cancel);
        Assert.Equal(SecurityServices.None, (await protection.OpenAsync(octets, Cancel))!.Services);
        anchors = both.Anchors;
        Assert.Equal(SecurityServices.All, (await protection.OpenAsync(octets, Cancel))!.Services);
        anchors = [.. TrustAnchor.Of([TestAuthority.Foreign.Anchor])];
        Assert.Equal(SecurityServices.All, (await protection.OpenAsync(octets, Cancel))!.Services);
        anchors = server.Anchors;
        Assert.Equal(SecurityServices.None, (await protection.OpenAsync(octets, Cancel))!.Services);
    }

    [Fact]
    public async Task CertificateForTheAnswer_FromAnotherAuthority_IsNotTaken()
    {
        var server = await CmsParty.Server;
        var other = await CmsParty.CreateAsync(TestAuthority.Client, TestAuthority.ClientName, TestAuthority.Foreign);
        server = server with { Anchors = [.. TrustAnchor.Of([TestAuthority.Trusted.Anchor, TestAuthority.Foreign.Anchor])] };
        var octets = await new CmsProtection(other).ProtectAsync(Message, server.EncryptionCertificate, Cancel);
        var opened = await new CmsProtection(server).OpenAsync(octets, Cancel);
        Assert.Equal((SecurityServices.All, null), (opened!.Services, opened.Receives));
    }

    [Fact]
    public async Task EveryChangedOctet_TakesTheServicesAway()
    {
        var (client, server) = (await CmsParty.Client, new CmsProtection(await CmsParty.Server));
        var octets = await new CmsProtection(client).ProtectAsync(Message, (await CmsParty.Server).EncryptionCertificate, Cancel);
        for (var i = 0; i < octets.Length; i += 3)
        {
            var changed = octets.ToArray();
            changed[i] ^= 0x20;
            Assert.True(await server.OpenAsync(changed, Cancel) is not { } opened || (opened.Services != SecurityServices.None && opened.Octets.Span.SequenceEqual(Message)), $"octet {i}");
        }
    }

    [Fact]
    public async Task TooLong_OrForNobodyTrusted_IsRefused()
    {
        var (client, server) = (await CmsParty.Client, await CmsParty.Server);
        await Assert.ThrowsAsync<ArgumentException>(async () => await new CmsProtection(client with { MessageLimit = 4 }).ProtectAsync(Message, server.EncryptionCertificate, Cancel));
        Assert.Null(await new CmsProtection(server with { MessageLimit = 4 }).OpenAsync(await new CmsProtection(client).ProtectAsync(Message, server.EncryptionCertificate, Cancel), Cancel));
        var stranger = await CmsParty.CreateAsync(TestAuthority.Foreign.Certify(TestAuthority.ServerName), TestAuthority.ServerName, TestAuthority.Foreign);
        await Assert.ThrowsAsync<ArgumentException>(async () => await new CmsProtection(client).ProtectAsync(Message, stranger.EncryptionCertificate, Cancel));
        Assert.Throws<ArgumentException>(() => new CmsProtection(client with { Anchors = [] }));
        Assert.Throws<ArgumentException>(() => new CmsProtection(client with { EncryptionCertificate = server.EncryptionCertificate }));
    }
}
