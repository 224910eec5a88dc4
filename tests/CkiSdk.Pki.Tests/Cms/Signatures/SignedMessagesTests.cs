using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Cms.Signatures;
using CkiSdk.Pki.Tests.Certificates;

using Attribute = CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004.Attribute;

namespace CkiSdk.Pki.Tests.Cms.Signatures;

public sealed class SignedMessagesTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];

    [Theory]
    [InlineData(KeyAlgorithm.Rsa2048, null, SignatureAlgorithm.RsaPssSha256)]
    [InlineData(KeyAlgorithm.Rsa2048, SignatureAlgorithm.RsaPkcs1Sha256, SignatureAlgorithm.RsaPkcs1Sha256)]
    [InlineData(KeyAlgorithm.Rsa2048, SignatureAlgorithm.RsaPssSha512, SignatureAlgorithm.RsaPssSha512)]
    [InlineData(KeyAlgorithm.EcP256, null, SignatureAlgorithm.EcdsaSha256)]
    [InlineData(KeyAlgorithm.EcP384, null, SignatureAlgorithm.EcdsaSha384)]
    [InlineData(KeyAlgorithm.EcP521, null, SignatureAlgorithm.EcdsaSha512)]
    [InlineData(KeyAlgorithm.Ed25519, null, SignatureAlgorithm.Ed25519)]
    public async Task VerifyAsync_Accepts_WhatSignAsyncMade(KeyAlgorithm kind, SignatureAlgorithm? algorithm, SignatureAlgorithm expected)
    {
        using var authority = await TestAuthority.Create();
        using var signer = await TestSigner.Create(authority, kind);
        var (message, content) = await TestSigner.Verify(await signer.Sign(Content, algorithm));
        Assert.Equal(Content, content);
        var signature = Assert.Single(message.Signatures);
        Assert.True(message.IsIntact, signature.Fault);
        Assert.Equal((signer.Certificate, expected, TestAuthority.NotBefore.AddDays(1)), (signature.Certificate, signature.Algorithm, signature.SigningTime));
        Assert.False(message.IsDetached);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(300_000)]
    public async Task Contents_OfAnyLength_ComeBack(int length)
    {
        using var authority = await TestAuthority.Create();
        using var signer = await TestSigner.Create(authority, KeyAlgorithm.EcP256);
        var content = TestAuthority.Provider.Random.Octets(length);
        var signed = await signer.Sign(content, useKeyIdentifier: true);
        Assert.Equal(length > 65_536, signed[1] == 0x80); // indefinite length
        var (message, read) = await TestSigner.Verify(signed);
        Assert.True(message.IsIntact);
        Assert.Equal(content, read);
        signed[^(signed.Length / 2)] ^= 1;
        if (length > 0)
            Assert.False(await IsIntact(signed));
    }

    [Fact]
    public async Task DetachedContent_IsVerified()
    {
        using var authority = await TestAuthority.Create();
        using var signer = await TestSigner.Create(authority, KeyAlgorithm.EcP256);
        var signed = await signer.Sign(Content, isDetached: true);
        var (message, content) = await TestSigner.Verify(signed, Content);
        Assert.True(message.IsIntact && message.IsDetached);
        Assert.Equal(Content, content);
        Assert.Equal("the content is not the one that was signed", (await TestSigner.Verify(signed, [1])).Message.Signatures[0].Fault);
        await Assert.ThrowsAsync<InvalidOperationException>(() => TestSigner.Verify(signed));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await TestSigner.Verify(await signer.Sign(Content), Content));
    }

    [Fact]
    public async Task SeveralSigners_AreJudgedApart()
    {
        using var authority = await TestAuthority.Create();
        using var one = await TestSigner.Create(authority, KeyAlgorithm.Rsa2048);
        using var other = await TestSigner.Create(authority, KeyAlgorithm.EcP384);
        var options = new SigningOptions { Signers = [one.With(), other.With(useKeyIdentifier: true)], Certificates = [authority.Certificate], ContentType = CKIProfileValues.IdCkiCtProtectedKey };
        var signed = await TestSigner.Sign(Content, options);
        var (message, _) = await TestSigner.Verify(signed);
        Assert.True(message.IsIntact);
        Assert.Equal(CKIProfileValues.IdCkiCtProtectedKey, message.ContentType);
        Assert.Equal(3, message.Certificates.Count);
        Assert.Equal([one.Certificate, other.Certificate], message.Signatures.Select(signature => signature.Certificate!).OrderBy(certificate => certificate.Equals(other.Certificate)));
        var withOne = await TestSigner.Sign(Content, options with { OmitSigners = true });
        (message, _) = await TestSigner.Verify(withOne, null, other.Certificate);
        Assert.Single(message.Signatures, signature => signature.IsIntact);
        Assert.Single(message.Signatures, signature => signature.Fault == "the signer's certificate is not known");
        Assert.False(message.IsIntact);
    }

    [Fact]
    public async Task VerifyAsync_Rejects_EveryChangedOctet()
    {
        using var authority = await TestAuthority.Create();
        using var signer = await TestSigner.Create(authority, KeyAlgorithm.EcP256);
        var signed = await signer.Sign(Content);
        var certificate = signed.AsSpan().IndexOf(signer.Certificate.Encoded.Span);
        for (var i = 0; i < signed.Length; i++)
        {
            // What the certificate says is for the path validation; the version is what no signature covers.
            var isOutside = (i >= certificate && i < certificate + signer.Certificate.Encoded.Length) || i == 23 + (signed[1] == 0x82 ? 2 : 1);
            var changed = signed.ToArray();
            changed[i] ^= 0x40;
            Assert.True(isOutside || !await IsIntact(changed) || IsNameOnly(signed, changed), $"octet {i}");
        }
    }

    [Fact]
    public async Task VerifyAsync_Rejects_AttributesThatStateSomethingElse()
    {
        using var authority = await TestAuthority.Create();
        using var signer = await TestSigner.Create(authority, KeyAlgorithm.EcP256);
        var other = await authority.SignAuthentication(signer.Certificate.SubjectPublicKeyInfo, Pki.Certificates.CertificatePurposes.Mail);
        var signed = await signer.Sign(Content);

        // The same key under another certificate: only signingCertificateV2 tells.
        var data = ContentInfo.Decode(signed).Content.As<SignedData>();
        var renamed = data with { SignerInfos = new SignerInfos((SetOf<SignerInfo>)[data.SignerInfos[0] with { Sid = new SignerIdentifier.IssuerAndSerialNumber(new IssuerAndSerialNumber { Issuer = other.Issuer.Name, SerialNumber = other.Value.ToBeSigned.SerialNumber }) }]) };
        Assert.Equal("the signature was made with another certificate of the signer", await Fault(renamed, other));

        // Another content type than the signed one.
        var retyped = data with { EncapContentInfo = data.EncapContentInfo with { EContentType = new ContentType(CKIProfileValues.IdCkiCtProtectedKey) } };
        Assert.Equal("the signed content type is not that of the content", await Fault(retyped));

        // Without its attributes, and with the attributes as the content.
        var bare = data with { SignerInfos = new SignerInfos((SetOf<SignerInfo>)[data.SignerInfos[0] with { SignedAttrs = null }]) };
        Assert.Equal("the signature is wrong", await Fault(bare));
        var swapped = bare with { EncapContentInfo = data.EncapContentInfo with { EContent = data.SignerInfos[0].SignedAttrs!.Value.Encode() } };
        Assert.Equal("the content has the form of signed attributes", await Fault(swapped));
    }

    [Fact]
    public async Task Attributes_AreKept()
    {
        using var authority = await TestAuthority.Create();
        using var signer = await TestSigner.Create(authority, KeyAlgorithm.EcP256);
        var attribute = new Attribute { AttrType = ObjectIdentifier.Parse("1.2.3"), AttrValues = [AnyValue.Null] };
        var signed = await TestSigner.Sign(Content, new SigningOptions { Signers = [signer.With() with { SignedAttributes = [attribute], UnsignedAttributes = [attribute] }] });
        var signature = (await TestSigner.Verify(signed)).Message.Signatures[0];
        Assert.True(signature.IsIntact);
        Assert.Contains(attribute, signature.SignedAttributes!.Value.Value);
        Assert.Equal([attribute], signature.UnsignedAttributes!.Value.Value);
        Assert.Null(signature.SigningTime);
    }

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("another type", "3003020100")]
    [InlineData("an envelope", "300D06092A864886F70D010703A000")]
    [InlineData("an end without a beginning", "0000")]
    [InlineData("an endless header", "30FFFFFFFFFFFFFFFFFF")]
    [InlineData("a length beyond the outer one", "300506092A8648")]
    public async Task VerifyAsync_Rejects_Garbage(string description, string hex) =>
        Assert.NotEmpty(description + (await Assert.ThrowsAsync<DerException>(() => TestSigner.Verify(Convert.FromHexString(hex)))).Message);

    [Fact]
    public async Task SignAsync_Rejects_TheKeyOfAnotherCertificate()
    {
        using var authority = await TestAuthority.Create();
        using var one = await TestSigner.Create(authority, KeyAlgorithm.EcP256);
        using var other = await TestSigner.Create(authority, KeyAlgorithm.EcP256);
        await Assert.ThrowsAsync<ArgumentException>(() => TestSigner.Sign(Content, new SigningOptions { Signers = [one.With() with { Certificate = other.Certificate }] }));
        await Assert.ThrowsAsync<ArgumentException>(() => TestSigner.Sign(Content, new SigningOptions { Signers = [] }));
    }

    private static async Task<string?> Fault(SignedData data, params Pki.Certificates.Certificate[] certificates)
    {
        var message = new ContentInfo { ContentType = CryptographicMessageSyntax2004Values.IdSignedData, Content = AnyValue.From(data) }.Encode();
        return (await TestSigner.Verify(message, null, certificates)).Message.Signatures[0].Fault;
    }

    private static async Task<bool> IsIntact(byte[] message)
    {
        try
        {
            return (await TestSigner.Verify(message)).Message.IsIntact;
        }
        catch (Exception e) when (e is DerException or InvalidOperationException)
        {
            return false;
        }
    }

    // The list of hash functions and the name of the signer are covered by no signature; names are compared without case.
    private static bool IsNameOnly(byte[] one, byte[] other)
    {
        var (left, right) = (ContentInfo.Decode(one).Content.As<SignedData>(), ContentInfo.Decode(other).Content.As<SignedData>());
        return left.EncapContentInfo == right.EncapContentInfo && left.SignerInfos[0].SignedAttrs == right.SignerInfos[0].SignedAttrs && left.SignerInfos[0].Signature == right.SignerInfos[0].Signature;
    }
}
