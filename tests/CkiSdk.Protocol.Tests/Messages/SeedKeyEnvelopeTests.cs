using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Crypto;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Tests.Messages;

/// <summary>Shows that what is sealed beside a seed key must match the message around it (profile section 3).</summary>
public sealed class SeedKeyEnvelopeTests
{
    private static readonly byte[] Identifier = new SeedKeyIdentifier { IkReference = new IKReference(new byte[16]), Generation = 3 }.Encode();

    private static readonly Dictionary<string, Func<ProtectedKey, ProtectedKey>> Changes = new(StringComparer.Ordinal)
    {
        ["the kind is that of an interoperability key"] = k => k with { Kind = ProtectedKeyKind.Interoperability },
        ["the names are exchanged"] = k => k with { Names = new[] { k.Names[1], k.Names[0] } },
        ["there is a third name"] = k => k with { Names = new[] { k.Names[0], k.Names[1], k.Names[1] } },
        ["there is one name"] = k => k with { Names = new[] { k.Names[0] } },
        ["the identifier is no SeedKeyIdentifier"] = k => k with { Identifier = new byte[20] },
        ["the validity is another"] = k => k with { Validity = k.Validity with { NotAfter = k.Validity.NotBefore } },
    };

    [Fact]
    public async Task OpenAsync_Returns_WhatSealAsyncSealed()
    {
        using var key = NewKey();
        var message = await SeedKeyEnvelope.SealAsync(key, TestUser.A1.Certificate, TestDomain.Provider);
        using var opened = await SeedKeyEnvelope.OpenAsync(message, TestUser.A1.Encryption, TestDomain.Provider);
        Assert.NotNull(opened);
        Assert.True(opened.Key.FixedTimeEquals(key.Key.Span));
        Assert.Equal(Identifier, opened.Identifier.ToArray());
        Assert.Equal((key.Cma, key.User, key.NotBefore, key.NotAfter), (opened.Cma, opened.User, opened.NotBefore, opened.NotAfter));
    }

    [Theory]
    [InlineData("the kind is that of an interoperability key")]
    [InlineData("the names are exchanged")]
    [InlineData("there is a third name")]
    [InlineData("there is one name")]
    [InlineData("the identifier is no SeedKeyIdentifier")]
    [InlineData("the validity is another")]
    public async Task OpenAsync_Refuses_WhatDoesNotMatch(string change)
    {
        using var key = NewKey();
        var message = await SeedKeyEnvelope.SealAsync(key, TestUser.A1.Certificate, TestDomain.Provider);
        var inner = new ProtectedKey
        {
            Label = "CKI-1 protected key",
            Kind = ProtectedKeyKind.Seed,
            Names = new[] { message.ExternalCMA, message.User },
            Identifier = Identifier,
            Validity = message.SeedKeyValidity,
            Key = new byte[32],
        };
        using var untouched = await SeedKeyEnvelope.OpenAsync(await Resealed(message, inner), TestUser.A1.Encryption, TestDomain.Provider);
        Assert.NotNull(untouched);
        Assert.Null(await SeedKeyEnvelope.OpenAsync(await Resealed(message, Changes[change](inner)), TestUser.A1.Encryption, TestDomain.Provider));
    }

    [Fact]
    public async Task OpenAsync_Refuses_AnotherLabel_AndAnotherLengthOfKey()
    {
        using var key = NewKey();
        var message = await SeedKeyEnvelope.SealAsync(key, TestUser.A1.Certificate, TestDomain.Provider);
        var inner = new ProtectedKey
        {
            Label = "CKI-1 protected key",
            Kind = ProtectedKeyKind.Seed,
            Names = new[] { message.ExternalCMA, message.User },
            Identifier = Identifier,
            Validity = message.SeedKeyValidity,
            Key = new byte[32],
        }.Encode();
        var label = inner.ToArray();
        label[label.AsSpan().IndexOf("CKI-1"u8) + 4] = (byte)'2';
        Assert.Null(await SeedKeyEnvelope.OpenAsync(await Resealed(message, label), TestUser.A1.Encryption, TestDomain.Provider));
        Assert.Null(await SeedKeyEnvelope.OpenAsync(await Resealed(message, inner[..^1]), TestUser.A1.Encryption, TestDomain.Provider));
    }

    [Fact]
    public async Task OpenAsync_Refuses_AnotherContentType()
    {
        using var key = NewKey();
        var message = await SeedKeyEnvelope.SealAsync(key, TestUser.A1.Certificate, TestDomain.Provider);
        using var content = Secret.From(new byte[64]);
        var envelope = await AuthEnvelopes.SealAsync(ObjectIdentifier.Parse("1.2.840.113549.1.7.1"), content, [TestUser.A1.Certificate], TestDomain.Provider);
        Assert.Null(await SeedKeyEnvelope.OpenAsync(message with { SeedKey = new BitString(envelope) }, TestUser.A1.Encryption, TestDomain.Provider));
    }

    [Fact]
    public async Task OpenAsync_Refuses_TheEnvelopeOfAnotherRecipient()
    {
        using var key = NewKey();
        var message = await SeedKeyEnvelope.SealAsync(key, TestUser.A2.Certificate, TestDomain.Provider);
        Assert.Null(await SeedKeyEnvelope.OpenAsync(message, TestUser.A1.Encryption, TestDomain.Provider));
    }

    [Fact]
    public async Task SealAsync_Hides_TheKey()
    {
        using var key = NewKey();
        var message = await SeedKeyEnvelope.SealAsync(key, TestUser.A1.Certificate, TestDomain.Provider);
        Assert.Equal(-1, message.Encode().AsSpan().IndexOf(key.Key.Span));
        Assert.DoesNotContain(Convert.ToHexString(key.Key.Span), $"{key} {message}", StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Secret(32)", key.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_Zeroes_TheKey()
    {
        var key = NewKey();
        var octets = key.Key.Memory;
        key.Dispose();
        Assert.Equal(new byte[32], octets.ToArray());
    }

    private static SeedKey NewKey() => new(
        TestDomain.CmaName, TestDomain.A1, Identifier, TestDomain.KeyStart, TestDomain.KeyEnd, Secret.Random(32, TestDomain.Provider.Random));

    private static Task<ExtSeedKeyInfo> Resealed(ExtSeedKeyInfo message, ProtectedKey inner) => Resealed(message, inner.Encode());

    private static async Task<ExtSeedKeyInfo> Resealed(ExtSeedKeyInfo message, byte[] inner)
    {
        using var content = Secret.From(inner);
        var envelope = await AuthEnvelopes.SealAsync(CKIProfileValues.IdCkiCtProtectedKey, content, [TestUser.A1.Certificate], TestDomain.Provider);
        return message with { SeedKey = new BitString(envelope) };
    }
}
