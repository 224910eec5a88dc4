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
public sealed class AgentRevocationListTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private TestWorld _world = null!;
    private TestCma _a = null!;
    private TestCma _b = null!;
    private TestAgent _a1 = null!;
    private TestAgent _b1 = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        _a = await _world.Add("A");
        _b = await _world.Add("B");
        await TestWorld.Share(_a, _b, Now.AddDays(-1), Now.AddDays(100));
        (_a1, _b1) = (await _a.Enrol("CN=A1,O=Domain A,C=GB"), await _b.Enrol("CN=B1,O=Domain B,C=GB"));
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task AListOfAnAuthorityThatIsNotKnownYet_IsKept_OnlyIfTheCmaItselfHasSentIt()
    {
        _world.Time.Advance(TimeSpan.FromSeconds(1));

        // Nobody has authenticated this one, and nobody can check it: it would stand before every genuine one.
        using var stranger = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var forged = await Resign(await Sign(_a, 1), list => list with { CrlExtensions = Numbered(list.CrlExtensions!.Value, long.MaxValue) }, stranger);
        await _b1.Agent.AcceptAsync(new DeliveredMessage(Announce(_b, _b1, forged), SecurityServices.None, Sender: null));
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        var genuine = await Sign(_a, 7);
        await _b1.Agent.AcceptAsync(_b.Deliver(Announce(_b, _b1, genuine)));
        Assert.IsType<ExternalSeedKeyResult.Granted>(await _b1.AskSeed(await _a1.Receive(_b1, _world.Now)));
        Assert.Equal(genuine.Encoded.ToArray(), _b1.Agent.FindCrl(_a.Options.Certificate)?.Encoded.ToArray());
    }

    [Fact]
    public async Task ListsForOtherThings_OrOfChanges_DoNotDisplace_TheListForUsers()
    {
        var whole = await Sign(_a, 5);
        RevocationList[] others =
        [
            await Sign(_a, 6, template => template with { BaseNumber = 5 }),
            await Sign(_a, 7, template => template with { DistributionPoint = new IssuingDistPointSyntax { OnlyContainsCACerts = true } }),
            await Sign(_a, 8, template => template with { DistributionPoint = new IssuingDistPointSyntax { OnlyContainsAttributeCerts = true } }),
        ];
        foreach (var list in (RevocationList[])[whole, .. others])
        {
            _world.Time.Advance(TimeSpan.FromSeconds(1));
            await _a1.Agent.AcceptAsync(_a.Deliver(Announce(_a, _a1, list)));
            Assert.IsType<HandlingResult.Accepted>(await _b.Handle(Announce(_a, _b, list), _a.Party));
        }

        Assert.Equal(whole.Encoded.ToArray(), _a1.Agent.FindCrl(_a.Options.Certificate)?.Encoded.ToArray());
        Assert.Equal(4, (await _b.Store.ListCrlsAsync()).Count(crl => crl.Issuer.StartsWith(_a.Name.Canonical, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AListWithACriticalExtensionThatIsNotKnown_IsNotTaken()
    {
        var unknown = new Extension { ExtnId = ObjectIdentifier.Parse("2.25.1"), Critical = true, ExtnValue = new byte[] { 5, 0 } };
        var list = await Resign(await Sign(_a, 5), crl => crl with { CrlExtensions = new Extensions((SequenceOf<Extension>)[.. crl.CrlExtensions!.Value.Value, unknown]) }, _a.Options.SigningKey);
        Assert.Contains("critical", Assert.IsType<HandlingResult.Refused>(await _b.Handle(Announce(_a, _b, list), _a.Party)).Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CkiProtocolException>(() => _a1.Agent.AcceptAsync(_a.Deliver(Announce(_a, _a1, list))).AsTask());
    }

    private async Task<RevocationList> Sign(TestCma by, int number, Func<RevocationListTemplate, RevocationListTemplate>? change = null)
    {
        var template = new RevocationListTemplate { IssuedAt = _world.Now, NextIssueAt = Now.AddDays(30), Number = number };
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
        .Begin(to, new PKIBody.Crlann(new CRLAnnContent((SequenceOf<CertificateList>)[CertificateList.Decode(list.Encoded)])), _world.Now).Encode();
}
