using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Asn1.Modules.CMSAuthEnvelopedData;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Tests.Certificates;
using Attribute = CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004.Attribute;

namespace CkiSdk.Pki.Tests.Cms.Envelopes;

public sealed class MessageEnvelopesTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];

    private static Attribute Other => new() { AttrType = ObjectIdentifier.Parse("1.2.3"), AttrValues = [AnyValue.Null] };

    [Theory]
    [InlineData("rsa", ContentEncryption.Aes256Gcm, false)]
    [InlineData("rsa", ContentEncryption.Aes128Cbc, true)]
    [InlineData("P-256", ContentEncryption.Aes128Gcm, true)]
    [InlineData("P-384", ContentEncryption.Aes192Gcm, false)]
    [InlineData("P-521", ContentEncryption.Aes256Cbc, false)]
    [InlineData("dh", ContentEncryption.Aes256Gcm, true)]
    [InlineData("dh", ContentEncryption.Aes192Cbc, false)]
    public async Task DecryptAsync_Gives_TheContent(string kind, ContentEncryption algorithm, bool useKeyIdentifier)
    {
        using var authority = await TestAuthority.Create();
        using var party = await TestParty.Create(authority, kind);
        using var stranger = await TestParty.Create(authority, kind);
        foreach (var length in (int[])[0, 100, 65_536, 65_537, 200_000])
        {
            var content = TestAuthority.Provider.Random.Octets(length);
            var options = new EnvelopeOptions { Recipients = [EnvelopeRecipient.For(party.Certificate, useKeyIdentifier)], Algorithm = algorithm };
            var message = await TestParty.Encrypt(content, options);
            Assert.Equal(length > 65_536, message[1] == 0x80); // indefinite length
            var (envelope, opened) = await TestParty.Open(message, party.Key);
            Assert.Equal(content, opened);
            Assert.Equal((true, algorithm, algorithm.IsAuthenticated()), (envelope.IsAddressed, envelope.Algorithm, envelope.IsAuthenticated));
            Assert.False((await TestParty.Open(message, stranger.Key)).Envelope.IsAddressed);
        }
    }

    [Fact]
    public async Task DecryptAsync_Serves_EveryRecipient()
    {
        using var authority = await TestAuthority.Create();
        using var rsa = await TestParty.Create(authority, "rsa");
        using var ec = await TestParty.Create(authority, "P-256");
        using var dh = await TestParty.Create(authority, "dh");
        using var password = Secret.From("open sesame"u8);
        using var wrongPassword = Secret.From("open barley"u8);
        using var wrappingKey = Secret.Random(24, TestAuthority.Provider.Random);
        var options = new EnvelopeOptions
        {
            Recipients =
            [
                EnvelopeRecipient.For(rsa.Certificate), EnvelopeRecipient.For(ec.Certificate), EnvelopeRecipient.For(dh.Certificate),
                new PasswordRecipient(password, 1000), new WrappingKeyRecipient([7], wrappingKey),
            ],
        };
        var message = await TestParty.Encrypt(Content, options);
        EnvelopeKey[] keys = [rsa.Key, ec.Key, dh.Key, new PasswordEnvelopeKey(password), new WrappingEnvelopeKey([7], wrappingKey)];
        foreach (var key in keys)
            Assert.Equal(Content, (await TestParty.Open(message, key)).Content);
        Assert.Null((await TestParty.Open(message, new PasswordEnvelopeKey(wrongPassword))).Content);
        Assert.False((await TestParty.Open(message, new WrappingEnvelopeKey([8], wrappingKey))).Envelope.IsAddressed);
    }

    [Fact]
    public async Task Attributes_AndOriginator_AreKept()
    {
        using var authority = await TestAuthority.Create();
        using var party = await TestParty.Create(authority, "P-256");
        foreach (var algorithm in (ContentEncryption[])[ContentEncryption.Aes256Gcm, ContentEncryption.Aes256Cbc])
        {
            foreach (var length in (int[])[10, 100_000])
            {
                var options = new EnvelopeOptions
                {
                    Recipients = [EnvelopeRecipient.For(party.Certificate)],
                    Algorithm = algorithm,
                    ContentType = CKIProfileValues.IdCkiCtProtectedKey,
                    AuthenticatedAttributes = algorithm.IsAuthenticated() ? [Other] : [],
                    UnprotectedAttributes = [Other],
                    OriginatorCertificates = [authority.Certificate],
                };
                var (envelope, content) = await TestParty.Open(await TestParty.Encrypt(new byte[length], options), party.Key);
                Assert.Equal(new byte[length], content);
                Assert.Equal(CKIProfileValues.IdCkiCtProtectedKey, envelope.ContentType);
                Assert.Equal(algorithm.IsAuthenticated(), envelope.AuthenticatedAttributes?.Value.Contains(Other) ?? false);
                Assert.Equal([Other], envelope.UnprotectedAttributes!.Value.Value);
                Assert.Equal([authority.Certificate], envelope.OriginatorCertificates);
            }
        }
    }

    [Fact]
    public async Task RequiredAttributes_MustStandThere()
    {
        using var authority = await TestAuthority.Create();
        using var party = await TestParty.Create(authority, "P-256");
        var message = await TestParty.Encrypt(Content, new EnvelopeOptions { Recipients = [EnvelopeRecipient.For(party.Certificate)], AuthenticatedAttributes = [Other] });
        var expected = new AuthAttributes((SetOf<Attribute>)[Other, new Attribute { AttrType = CryptographicMessageSyntax2004Values.IdContentType, AttrValues = [AnyValue.From(new ContentType(CryptographicMessageSyntax2004Values.IdData))] }]);
        Assert.NotNull((await TestParty.Open(message, party.Key, new OpeningOptions { RequiredAttributes = (_, _) => expected })).Content);
        Assert.Null((await TestParty.Open(message, party.Key, new OpeningOptions { RequiredAttributes = (_, _) => null })).Content);
        var cbc = await TestParty.Encrypt(Content, new EnvelopeOptions { Recipients = [EnvelopeRecipient.For(party.Certificate)], Algorithm = ContentEncryption.Aes128Cbc });
        Assert.Null((await TestParty.Open(cbc, party.Key, new OpeningOptions { RequireAuthentication = true })).Content);
        Assert.NotNull((await TestParty.Open(cbc, party.Key)).Content);
    }

    [Theory]
    [InlineData("rsa")]
    [InlineData("P-256")]
    [InlineData("dh")]
    public async Task DecryptAsync_Refuses_EveryChangedOctet(string kind)
    {
        using var authority = await TestAuthority.Create();
        using var party = await TestParty.Create(authority, kind);
        var message = await TestParty.Encrypt(Content, new EnvelopeOptions { Recipients = [EnvelopeRecipient.For(party.Certificate)], ContentType = CKIProfileValues.IdCkiCtProtectedKey });
        for (var i = 0; i < message.Length; i++)
        {
            var changed = message.ToArray();
            changed[i] ^= 0x20;
            Assert.True(await OpenOrNull(changed, party.Key) is null || IsOutsideOnly(message, changed), $"octet {i}");
        }
    }

    // RFC 3218: whether the key or the padding is wrong, the answer is the same.
    [Fact]
    public async Task DecryptAsync_WithoutAuthentication_FailsTheSameWay()
    {
        using var authority = await TestAuthority.Create();
        using var party = await TestParty.Create(authority, "rsa");
        var message = await TestParty.Encrypt(Content, new EnvelopeOptions
        {
            Recipients = [new RsaRecipient(party.Certificate, RsaEncryptionScheme.Pkcs1)],
            Algorithm = ContentEncryption.Aes256Cbc,
        });
        Assert.Equal(Content, (await TestParty.Open(message, party.Key)).Content);
        var info = ContentInfo.Decode(message).Content.As<EnvelopedData>().RecipientInfos[0] as RecipientInfo.Ktri;
        var wrongKey = message.ToArray();
        wrongKey[message.AsSpan().IndexOf(info!.Value.EncryptedKey.Value.Span) + 100] ^= 1;
        var wrongPadding = message.ToArray();
        wrongPadding[^17] ^= 1;
        foreach (var changed in (byte[][])[wrongKey, wrongPadding])
        {
            var (envelope, content) = await TestParty.Open(changed, party.Key);
            if (content is null)
                Assert.Equal((false, true), (envelope.IsOpened, envelope.IsAddressed));
            else
                Assert.NotEqual(Content, content); // one random key in 256 gives a padding
        }
    }

    [Fact]
    public async Task EncryptAsync_Rejects_WhatIsNotWritten()
    {
        using var authority = await TestAuthority.Create();
        using var party = await TestParty.Create(authority, "P-256");
        var options = new EnvelopeOptions { Recipients = [EnvelopeRecipient.For(party.Certificate)] };
        await Assert.ThrowsAsync<ArgumentException>(() => TestParty.Encrypt(Content, options with { Recipients = [] }));
        await Assert.ThrowsAsync<ArgumentException>(() => TestParty.Encrypt(Content, options with { Algorithm = ContentEncryption.TripleDesCbc }));
        await Assert.ThrowsAsync<ArgumentException>(() => TestParty.Encrypt(Content, options with { Algorithm = ContentEncryption.Aes128Cbc, AuthenticatedAttributes = [Other] }));
        using var ed25519 = await TestAuthority.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.Ed25519);
        var signing = await authority.SignAuthentication(ed25519.SubjectPublicKeyInfo, Pki.Certificates.CertificatePurposes.Mail);
        Assert.Throws<ArgumentException>(() => EnvelopeRecipient.For(signing));
    }

    private static async Task<byte[]?> OpenOrNull(byte[] message, EnvelopeKey key)
    {
        try
        {
            return (await TestParty.Open(message, key)).Content;
        }
        catch (DerException)
        {
            return null;
        }
    }

    // The version and the recipient's name are authenticated by nothing; names are compared without case.
    private static bool IsOutsideOnly(byte[] one, byte[] other)
    {
        var (left, right) = (ContentInfo.Decode(one).Content.As<AuthEnvelopedData>(), ContentInfo.Decode(other).Content.As<AuthEnvelopedData>());
        return left.AuthEncryptedContentInfo == right.AuthEncryptedContentInfo && left.Mac == right.Mac && left.AuthAttrs == right.AuthAttrs;
    }
}
