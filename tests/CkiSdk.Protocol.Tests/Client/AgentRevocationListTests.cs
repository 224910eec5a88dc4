using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Crls;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Client;

/// <summary>Shows which revocation lists an agent and a CMA take, and that no other displaces the list that covers the users.</summary>
public sealed class AgentRevocationListTests : TwoDomains
{
    [Fact]
    public async Task AListOfAnAuthorityThatIsNotKnownYet_IsKept_OnlyIfTheCmaItselfHasSentIt()
    {
        World.Time.Advance(TimeSpan.FromSeconds(1));

        // Nobody has authenticated this one, and nobody can check it: it would stand before every genuine one.
        using var stranger = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var forged = await Resign(await Sign(A, 1), list => list with { CrlExtensions = Numbered(list.CrlExtensions!.Value, long.MaxValue) }, stranger);
        await B1.Agent.AcceptAsync(new DeliveredMessage(Announce(B, B1, forged), SecurityServices.None, Sender: null));
        World.Time.Advance(TimeSpan.FromSeconds(1));
        var genuine = await Sign(A, 7);
        await B1.Agent.AcceptAsync(B.Deliver(Announce(B, B1, genuine)));
        Assert.IsType<ExternalSeedKeyResult.Granted>(await B1.AskSeed(await A1.Receive(B1, World.Now)));
        Assert.Equal(genuine.Encoded.ToArray(), B1.Agent.FindCrl(A.Options.Certificate)?.Encoded.ToArray());
    }

    [Fact]
    public async Task WhatNobodyHasAuthenticated_MovesNoTime()
    {
        // A genuine list, which anybody may have seen, in a message of somebody who says that it is from the near future; and so with an answer.
        World.Time.Advance(TimeSpan.FromSeconds(1));
        var request = A1.Agent.RequestSendCertificate(World.Now);
        await A1.Agent.AcceptAsync(Early(PKIMessage.Decode(Announce(A, A1, await Sign(A, 1)))));
        Assert.IsType<SendCertificateResult.Granted>(await request.CompleteAsync(Early(await A.Ask(request.Octets, A1.User)))).PrivateKey.Dispose();
        Assert.IsType<SendCertificateResult.Granted>(await A1.AskSend(World.Now)).PrivateKey.Dispose();
        await A1.Agent.AcceptAsync(A.Deliver(Announce(A, A1, await Sign(A, 2))));
        Assert.Equal("2", A1.Agent.FindCrl(A.Options.Certificate)!.Number!.ToString());

        DeliveredMessage Early(PKIMessage message) => new(
            (message with { Header = message.Header with { MessageTime = GeneralizedTime.From(World.Now.AddMinutes(4)) } }).Encode(), SecurityServices.None, Sender: null);
    }

    [Fact]
    public async Task ListsForOtherThings_OrOfChanges_DoNotDisplace_TheListForUsers()
    {
        var whole = await Sign(A, 5);
        RevocationList[] others =
        [
            await Sign(A, 6, template => template with { BaseNumber = 5 }),
            await Sign(A, 7, template => template with { DistributionPoint = new IssuingDistPointSyntax { OnlyContainsCACerts = true } }),
            await Sign(A, 8, template => template with { DistributionPoint = new IssuingDistPointSyntax { OnlyContainsAttributeCerts = true } }),
        ];
        foreach (var list in (RevocationList[])[whole, .. others])
        {
            World.Time.Advance(TimeSpan.FromSeconds(1));
            await A1.Agent.AcceptAsync(A.Deliver(Announce(A, A1, list)));
            Assert.IsType<HandlingResult.Accepted>(await B.Handle(Announce(A, B, list), A.Party));
        }

        Assert.Equal(whole.Encoded.ToArray(), A1.Agent.FindCrl(A.Options.Certificate)?.Encoded.ToArray());
        Assert.Equal(4, (await B.Store.ListCrlsAsync()).Count(crl => crl.Issuer.StartsWith(A.Name.Canonical, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AListWithACriticalExtensionThatIsNotKnown_IsNotTaken()
    {
        var unknown = new Extension { ExtnId = ObjectIdentifier.Parse("2.25.1"), Critical = true, ExtnValue = new byte[] { 5, 0 } };
        var list = await Resign(await Sign(A, 5), crl => crl with { CrlExtensions = new Extensions((SequenceOf<Extension>)[.. crl.CrlExtensions!.Value.Value, unknown]) }, A.Options.SigningKey);
        Assert.Contains("critical", Assert.IsType<HandlingResult.Refused>(await B.Handle(Announce(A, B, list), A.Party)).Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CkiProtocolException>(() => A1.Agent.AcceptAsync(A.Deliver(Announce(A, A1, list))).AsTask());
    }

    private async Task<RevocationList> Sign(TestCma by, int number, Func<RevocationListTemplate, RevocationListTemplate>? change = null)
    {
        var template = new RevocationListTemplate { IssuedAt = World.Now, NextIssueAt = Now.AddDays(30), Number = number };
        return await RevocationListSigner.SignAsync(change is null ? template : change(template), by.Options.Certificate, by.Options.SigningKey, by.Options.SignatureAlgorithm);
    }

    private static async Task<RevocationList> Resign(RevocationList list, Func<CertificateListToBeSigned, CertificateListToBeSigned> change, ISigningKey key)
    {
        var value = CertificateList.Decode(list.Encoded);
        var changed = change(value.ToBeSigned);
        var signature = await key.SignAsync(key.Algorithms[0], changed.Encode());
        return RevocationList.Decode((value with { ToBeSigned = changed, Encrypted = new BitString(signature) }).Encode());
    }

    private static Extensions Numbered(Extensions extensions, long number) => new((SequenceOf<Extension>)[.. extensions.Value.Select(
        extension => extension.ExtnId == CertificateExtensionsValues.IdCeCRLNumber ? extension with { ExtnValue = new CRLNumber(number).Encode() } : extension)]);

    private byte[] Announce(TestCma from, TestAgent to, RevocationList list) => Announce(from, to.Name, list);

    private byte[] Announce(TestCma from, TestCma to, RevocationList list) => Announce(from, to.Name, list);

    private byte[] Announce(TestCma from, Pki.Names.DistinguishedName to, RevocationList list) => new MessageWriter(from.Name, TestWorld.Provider.Random)
        .Begin(to, new PKIBody.Crlann(new CRLAnnContent((SequenceOf<CertificateList>)[CertificateList.Decode(list.Encoded)])), World.Now).Encode();
}
