using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Asn1.Modules.CMSAESCCMAndAESGCM;
using CkiSdk.Asn1.Modules.CMSAuthEnvelopedData;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Tests.Certificates;
using Attribute = CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004.Attribute;

namespace CkiSdk.Pki.Tests.Cms.Envelopes;

/// <summary>Shows that an envelope opens for its recipients only, and only if nothing differs from the profile.</summary>
public sealed class AuthEnvelopesTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 77).Select(i => (byte)(i * 3))];
    private static readonly ObjectIdentifier Type = CKIProfileValues.IdCkiCtProtectedKey;

    private static readonly Dictionary<string, Func<AuthEnvelopedData, AuthEnvelopedData>> Changes = new()
    {
        ["another version"] = data => data with { Version = CMSVersion.V1 },
        ["originatorInfo"] = data => data with { OriginatorInfo = new OriginatorInfo() },
        ["unauthenticated attributes"] = data => data with { UnauthAttrs = new UnauthAttributes(data.AuthAttrs!.Value.Value) },
        ["no attributes"] = data => data with { AuthAttrs = null },
        ["one more attribute"] = data => data with { AuthAttrs = new AuthAttributes((SetOf<Attribute>)[data.AuthAttrs!.Value[0], Other]) },
        ["another attribute"] = data => data with { AuthAttrs = new AuthAttributes((SetOf<Attribute>)[Other]) },
        ["two values"] = data => data with
        {
            AuthAttrs = new AuthAttributes((SetOf<Attribute>)[data.AuthAttrs!.Value[0] with { AttrValues = [AnyValue.From(new ContentType(Type)), AnyValue.Null] }]),
        },
        ["another content type inside"] = data => WithContent(data, content => content with { ContentType = new ContentType(ObjectIdentifier.Parse("1.2.3")) }),
        ["no content"] = data => WithContent(data, content => content with { EncryptedContent = null }),
        ["AES-128"] = data => WithAlgorithm(data, algorithm => algorithm with { Algorithm = CMSAESCCMAndAESGCMValues.IdAes128GCM }),
        ["no parameters"] = data => WithAlgorithm(data, algorithm => algorithm with { Parameters = null }),
        ["NULL parameters"] = data => WithAlgorithm(data, algorithm => algorithm with { Parameters = AnyValue.Null }),
        ["tag of 12 octets stated"] = data => WithParameters(data, parameters => parameters with { AesICVlen = new AESGCMICVlen(12) }),
        ["nonce of 16 octets"] = data => WithParameters(data, parameters => parameters with { AesNonce = new byte[16] }),
        ["another nonce"] = data => WithParameters(data, parameters => parameters with { AesNonce = new byte[12] }),
        ["tag of 12 octets"] = data => data with { Mac = new MessageAuthenticationCode(data.Mac.Value.Memory[..12]) },
        ["recipient twice"] = data => data with { RecipientInfos = new RecipientInfos((SetOf<RecipientInfo>)[data.RecipientInfos[0], data.RecipientInfos[0]]) },
    };

    public static TheoryData<string> Descriptions => [.. Changes.Keys];

    private static Attribute Other => new() { AttrType = ObjectIdentifier.Parse("1.2.3"), AttrValues = [AnyValue.Null] };

    [Theory]
    [InlineData(KeyAlgorithm.Rsa2048)]
    [InlineData(KeyAlgorithm.EcP256)]
    [InlineData(KeyAlgorithm.EcP384)]
    public async Task OpenAsync_Gives_TheContent(KeyAlgorithm kind)
    {
        using var authority = await TestAuthority.Create();
        using var recipient = await TestRecipient.Create(authority, kind);
        using var other = await TestRecipient.Create(authority, kind);
        var der = await Seal(recipient);
        Assert.Equal(Content, await recipient.Open(der, Type));
        Assert.Null(await other.Open(der, Type));
        Assert.Null(await recipient.Open(der, CryptographicMessageSyntax2004Values.IdData));
        Assert.NotEqual(der, await Seal(recipient));
    }

    [Fact]
    public async Task OpenAsync_Serves_EveryRecipient()
    {
        using var authority = await TestAuthority.Create();
        using var rsa = await TestRecipient.Create(authority, KeyAlgorithm.Rsa2048);
        using var one = await TestRecipient.Create(authority, KeyAlgorithm.EcP256);
        using var other = await TestRecipient.Create(authority, KeyAlgorithm.EcP384);
        var der = await Seal(rsa, one, other);
        Assert.All(await Task.WhenAll(rsa.Open(der, Type), one.Open(der, Type), other.Open(der, Type)), opened => Assert.Equal(Content, opened));
    }

    [Theory]
    [MemberData(nameof(Descriptions))]
    public async Task OpenAsync_Refuses(string description)
    {
        using var authority = await TestAuthority.Create();
        using var recipient = await TestRecipient.Create(authority, KeyAlgorithm.EcP256);
        var data = ContentInfo.Decode(await Seal(recipient)).Content.As<AuthEnvelopedData>();
        Assert.Null(await recipient.Open(Wrap(Changes[description](data)), Type));
        Assert.NotNull(await recipient.Open(Wrap(data), Type));
    }

    [Theory]
    [InlineData(KeyAlgorithm.Rsa2048)]
    [InlineData(KeyAlgorithm.EcP256)]
    public async Task OpenAsync_Refuses_EveryChangedOctet(KeyAlgorithm kind)
    {
        using var authority = await TestAuthority.Create();
        using var recipient = await TestRecipient.Create(authority, kind);
        var der = await Seal(recipient);
        for (var i = 0; i < der.Length; i++)
        {
            var changed = der.ToArray();
            changed[i] ^= 0x40;
            var opened = await recipient.Open(changed, Type);
            Assert.True(opened is null || IsNameOnly(changed, recipient), $"octet {i}");
        }
    }

    [Fact]
    public async Task OpenAsync_Refuses_Garbage()
    {
        using var authority = await TestAuthority.Create();
        using var recipient = await TestRecipient.Create(authority, KeyAlgorithm.EcP256);
        var der = await Seal(recipient);
        Assert.Null(await recipient.Open([], Type));
        Assert.Null(await recipient.Open([0x30, 0x80, 0, 0], Type));
        Assert.Null(await recipient.Open([.. der, 0], Type));
        Assert.Null(await recipient.Open((ContentInfo.Decode(der) with { ContentType = CryptographicMessageSyntax2004Values.IdData }).Encode(), Type));
    }

    [Fact]
    public async Task SealAsync_Refuses_CertificatesThatDoNotReceiveKeys()
    {
        using var authority = await TestAuthority.Create();
        var send = await authority.SignSend();
        using var content = Secret.From(Content);
        await Assert.ThrowsAsync<ArgumentException>(async () => await AuthEnvelopes.SealAsync(Type, content, [send], TestAuthority.Provider, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(async () => await AuthEnvelopes.SealAsync(Type, content, [], TestAuthority.Provider, TestContext.Current.CancellationToken));
    }

    // Another decoder and another decryption: the attributes are authenticated with the tag of a SET (RFC 5083 2.2).
    [Fact]
    public async Task SealAsync_Makes_WhatTheFrameworkOpens()
    {
        using var authority = await TestAuthority.Create();
        using var recipient = await TestRecipient.Create(authority, KeyAlgorithm.Rsa2048);
        var envelope = new System.Formats.Asn1.AsnReader(await Seal(recipient), System.Formats.Asn1.AsnEncodingRules.DER).ReadSequence();
        Assert.Equal("1.2.840.113549.1.9.16.1.23", envelope.ReadObjectIdentifier());
        var data = envelope.ReadSequence(new(System.Formats.Asn1.TagClass.ContextSpecific, 0)).ReadSequence();
        Assert.Equal(0, data.ReadInteger());
        var info = data.ReadSetOf().ReadSequence();
        Assert.Equal(0, info.ReadInteger());
        info.ReadSequence();
        Assert.Equal("1.2.840.113549.1.1.7", info.ReadSequence().ReadObjectIdentifier());
        using var rsa = RSA.Create();
        rsa.ImportFromPem(recipient.KeyPem);
        var key = rsa.Decrypt(info.ReadOctetString(), RSAEncryptionPadding.OaepSHA256);
        var content = data.ReadSequence();
        Assert.Equal("2.25.300925013569037081049924713136157645598.4.1", content.ReadObjectIdentifier());
        var algorithm = content.ReadSequence();
        Assert.Equal("2.16.840.1.101.3.4.1.46", algorithm.ReadObjectIdentifier());
        var parameters = algorithm.ReadSequence();
        var nonce = parameters.ReadOctetString();
        Assert.Equal(16, parameters.ReadInteger());
        var ciphertext = content.ReadOctetString(new(System.Formats.Asn1.TagClass.ContextSpecific, 0));
        var attributes = data.ReadEncodedValue().ToArray();
        Assert.Equal(0xA1, attributes[0]);
        attributes[0] = 0x31;
        var plaintext = new byte[ciphertext.Length];
        using var cipher = new AesGcm(key, 16);
        cipher.Decrypt(nonce, ciphertext, data.ReadOctetString(), plaintext, attributes);
        Assert.Equal(Content, plaintext);
        Assert.False(data.HasData);
    }

    private static async Task<byte[]> Seal(params TestRecipient[] recipients)
    {
        using var content = Secret.From(Content);
        return await AuthEnvelopes.SealAsync(Type, content, [.. recipients.Select(recipient => recipient.Certificate)], TestAuthority.Provider);
    }

    private static byte[] Wrap(AuthEnvelopedData data) =>
        new ContentInfo { ContentType = CMSAuthEnvelopedDataValues.IdCtAuthEnvelopedData, Content = AnyValue.From(data) }.Encode();

    // The name of the recipient is compared as names are: another case of a letter is the same name. Nothing secret depends on it.
    private static bool IsNameOnly(byte[] changed, TestRecipient recipient)
    {
        var info = ContentInfo.Decode(changed).Content.As<AuthEnvelopedData>().RecipientInfos[0];
        var name = info is RecipientInfo.Ktri ktri
            ? ((RecipientIdentifier.IssuerAndSerialNumber)ktri.Value.Rid).Value
            : ((KeyAgreeRecipientIdentifier.IssuerAndSerialNumber)((RecipientInfo.Kari)info).Value.RecipientEncryptedKeys[0].Rid).Value;
        return !name.Issuer.Encode().AsSpan().SequenceEqual(recipient.Certificate.Issuer.Encoded.Span);
    }

    private static AuthEnvelopedData WithContent(AuthEnvelopedData data, Func<EncryptedContentInfo, EncryptedContentInfo> change) =>
        data with { AuthEncryptedContentInfo = change(data.AuthEncryptedContentInfo) };

    private static AuthEnvelopedData WithAlgorithm(AuthEnvelopedData data, Func<AlgorithmIdentifier, AlgorithmIdentifier> change) =>
        WithContent(data, content => content with { ContentEncryptionAlgorithm = change(content.ContentEncryptionAlgorithm) });

    private static AuthEnvelopedData WithParameters(AuthEnvelopedData data, Func<GCMParameters, GCMParameters> change) =>
        WithAlgorithm(data, algorithm => algorithm with { Parameters = AnyValue.From(change(algorithm.Parameters!.Value.As<GCMParameters>())) });
}
