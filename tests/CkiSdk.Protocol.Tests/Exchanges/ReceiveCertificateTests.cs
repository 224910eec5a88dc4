using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Checks how users get receive certificates of others (CKI Part 2 §III.E), with the real engines on both sides.</summary>
public sealed class ReceiveCertificateTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private TestWorld _world = null!;
    private TestCma _a = null!;
    private TestCma _b = null!;
    private TestAgent _a1 = null!;
    private (string Mine, string Yours) _shared;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        _a = await _world.Add("A");
        _b = await _world.Add("B");
        _a1 = await _a.Enrol("CN=A1,O=Domain A,C=GB");
        _shared = await TestWorld.Share(_a, _b, Now.AddDays(-1), Now.AddDays(100));
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Recipients_OfSeveralDomains_GetCertificates_InTheOrderAskedFor()
    {
        await _a.Enrol("CN=A2,O=Domain A,C=GB");
        var granted = await Granted(Now, Now.AddDays(30), "CN=B2,O=Domain B,C=GB", "CN=A2,O=Domain A,C=GB", "CN=B1,O=Domain B,C=GB", "CN=B2,O=Domain B,C=GB");
        Assert.False(granted.IsModified);
        Assert.Equal(["CN=B2,O=Domain B,C=GB", "CN=A2,O=Domain A,C=GB", "CN=B1,O=Domain B,C=GB", "CN=B2,O=Domain B,C=GB"], granted.Certificates.Select(found => found.Subject.ToString()));
        Assert.Equal(granted.Certificates[0], granted.Certificates[3]);
        var certificate = granted.Certificates[2];
        Assert.Equal(KeyUsage.KeyAgreement | KeyUsage.DecipherOnly, certificate.KeyUsage);
        Assert.True(certificate.IsSignedBy(_a.Options.Certificate, TestWorld.Provider));
        Assert.Equal((Now, Now.AddDays(30)), (certificate.NotBefore, certificate.NotAfter));
        Assert.Empty(CertificateLint.Check(certificate));
        Assert.Equal((_shared.Yours, 0L), Identifier(certificate));
        Assert.NotEqual(_shared.Yours, Identifier(granted.Certificates[1]).Reference);
    }

    // Keys are computed in sets, by their groups; of the recipients some have a certificate already.
    [Fact]
    public async Task OfManyRecipients_EachGetsHisOwnKey()
    {
        var names = Enumerable.Range(1, 21).Select(number => $"CN=B{number},O=Domain B,C=GB").ToList();
        foreach (var number in new[] { 3, 11 })
        {
            await _a.Enrol($"CN=A{number},O=Domain A,C=GB");
            names.Insert(number, $"CN=A{number},O=Domain A,C=GB");
        }

        var known = await Granted(Now, Now.AddDays(30), names[2], names[17]);
        var granted = (await Granted(Now, Now.AddDays(30), [.. names])).Certificates;
        Assert.Equal(names, granted.Select(found => found.Subject.ToString()));
        Assert.Equal(known.Certificates, [granted[2], granted[17]]);
        Assert.Equal(granted.Count, granted.Select(found => found.SerialNumber).Distinct().Count());
        foreach (var certificate in granted)
        {
            Assert.True(DhPublicKeys.TryDecode(certificate.SubjectPublicKeyInfo, DhGroups.Named, out var group, out var publicValue));
            using var exponent = await Exponent(certificate, group);
            Assert.Equal(TestWorld.Provider.DiffieHellman.PublicValue(group, exponent), publicValue);
        }
    }

    [Fact]
    public async Task Validity_LiesWithinThatOfTheKey()
    {
        var granted = await Granted(Now, Now.AddDays(300), "CN=B1,O=Domain B,C=GB");
        Assert.True(granted.IsModified);
        Assert.Equal(Now.AddDays(100), granted.Certificates[0].NotAfter);
    }

    [Fact]
    public async Task Certificates_AreUsedAgain_WhereTheyCoverTheStart()
    {
        var first = (await Granted(Now, Now.AddDays(30), "CN=B1,O=Domain B,C=GB")).Certificates[0];
        var second = await Granted(Now.AddDays(10), Now.AddDays(40), "cn=b1,o=DOMAIN B,c=gb");
        Assert.Equal(first, second.Certificates[0]);
        Assert.True(second.IsModified);
        Assert.NotEqual(first, (await Granted(Now.AddDays(30), null, "CN=B1,O=Domain B,C=GB")).Certificates[0]);
        Assert.False((await Granted(Now, Now.AddDays(30), "CN=B1,O=Domain B,C=GB")).IsModified);
    }

    [Fact]
    public async Task Certificates_AreMadeAnew_AfterARevocation_OrForAnotherGroup()
    {
        var first = (await Granted(Now, Now.AddDays(30), "CN=B1,O=Domain B,C=GB")).Certificates[0];
        await _a.Store.CommitAsync(UnitOfWork.Of(new StoreChange.RaiseGeneration(_shared.Mine, first.Subject.Canonical, 1)));
        var second = (await Granted(Now, Now.AddDays(30), "CN=B1,O=Domain B,C=GB")).Certificates[0];
        Assert.Equal((_shared.Yours, 1L), Identifier(second));
        _a.Restart(options => options with { Group = DhGroups.Ffdhe3072 });
        var third = (await Granted(Now, Now.AddDays(30), "CN=B1,O=Domain B,C=GB")).Certificates[0];
        Assert.NotEqual(second, third);
        Assert.Equal((_shared.Yours, 1L), Identifier(third));
    }

    [Fact]
    public async Task TheDerThatWasSeenFirst_StandsInAllCertificates()
    {
        var first = (await Granted(Now, Now.AddDays(30), "CN=B1,O=Domain B,C=GB")).Certificates[0];
        var second = (await Granted(Now.AddDays(30), Now.AddDays(60), "CN=b1,O=domain b,C=GB")).Certificates[0];
        Assert.Equal(first.Subject.Encoded.ToArray(), second.Subject.Encoded.ToArray());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task ANewCertificate_TakesTheKeyInEffectAtItsStart()
    {
        var (_, later) = await TestWorld.Share(_a, _b, Now.AddDays(50), Now.AddDays(150));
        Assert.Equal(_shared.Yours, Identifier((await Granted(Now.AddDays(49), Now.AddDays(90), "CN=B1,O=Domain B,C=GB")).Certificates[0]).Reference);
        Assert.Equal(later, Identifier((await Granted(Now.AddDays(50), Now.AddDays(90), "CN=B1,O=Domain B,C=GB")).Certificates[0]).Reference);
    }

    [Fact]
    public async Task NoService_IsMandated_WherePolicyAsksForNone()
    {
        var request = _a1.Agent.RequestReceiveCertificates([DistinguishedName.Parse("CN=B1,O=Domain B,C=GB")], Now);
        var answer = await _a.Ask(request.Octets, _a1.User, SecurityServices.None);
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, Assert.IsType<PKIBody.CkiRCrp>(answer.Body).Value.Status.FailInfo);
        _a.Restart(options => options with { RequiredOfRequests = SecurityServices.None });
        answer = await _a.Ask(request.Octets, _a1.User, SecurityServices.None);
        Assert.Equal(PKIStatus.Granted, Assert.IsType<PKIBody.CkiRCrp>(answer.Body).Value.Status.Status);
    }

    [Fact]
    public async Task OneBadRecipient_RefusesTheWholeRequest_AndIsNamed()
    {
        await Refused(PKIFailureInfo.UnrecognisedDomain, "¶99 a", "CN=B1,O=Domain B,C=GB", "CN=C1,O=Domain C,C=GB");
        await Refused(PKIFailureInfo.InvalidRequestParameters, "¶99 c", "CN=B1,O=Domain B,C=GB", "CN=A9,O=Domain A,C=GB");
        Assert.Empty(await _a.Store.ListCertificatesAsync(DistinguishedName.Parse("CN=B1,O=Domain B,C=GB").Canonical, IssuedCertificate.Receive, Now));
    }

    [Fact]
    public async Task AUserInTwoDomains_IsRefused()
    {
        var wide = await _world.Add("C", subtrees: ["O=Domain C,C=GB", "OU=Both,O=Domain B,C=GB"]);
        await TestWorld.Share(_a, wide, Now, Now.AddDays(10));
        await Refused(PKIFailureInfo.UserInMoreThanOneCMADomain, "¶99 e", "CN=B7,OU=Both,O=Domain B,C=GB");
        Assert.Single((await Granted(Now, null, "CN=B1,O=Domain B,C=GB")).Certificates);
    }

    [Fact]
    public async Task WithoutAKey_ThereIsNoCertificate()
    {
        await Refused(PKIFailureInfo.InteroperabilityKeyUnavailable, "¶99 d", Now.AddDays(200), "CN=B1,O=Domain B,C=GB");
    }

    [Fact]
    public async Task ARevokedRecipient_IsRefused_UntilAListWithoutHim()
    {
        var user = DistinguishedName.Parse("CN=B1,O=Domain B,C=GB");
        RevokedList List(int minute, params RevokedUser[] users) => new(_b.Name.Canonical, _b.Name.Canonical, Now.AddMinutes(minute), users);
        await _a.Store.CommitAsync(UnitOfWork.Of(new StoreChange.ReplaceRevokedList(List(1, new RevokedUser(user.Canonical, user.Encoded, 1)))));
        await Refused(PKIFailureInfo.UserInRevokedUserList, "¶99 f", user.ToString());
        await _a.Store.CommitAsync(UnitOfWork.Of(new StoreChange.ReplaceRevokedList(List(2))));
        Assert.Single((await Granted(Now, null, user.ToString())).Certificates);
    }

    [Theory]
    [InlineData("nobody", 0)]
    [InlineData("too many", 1001)]
    public async Task NumbersOfRecipients_AreLimited(string description, int count)
    {
        Assert.NotEmpty(description);
        await Refused(PKIFailureInfo.InvalidRequestParameters, "¶99 c", [.. Enumerable.Repeat("CN=B1,O=Domain B,C=GB", count)]);
    }

    [Fact]
    public async Task ARevokedOrUnknownUser_MayNotAsk()
    {
        await _a.Cma.Administration.RevokeAsync(_a1.Name, RevokeUserReason.KeyCompromise);
        await Refused(PKIFailureInfo.UnauthorisedAccess, "¶99 a", "CN=B1,O=Domain B,C=GB");
        var b1 = await _b.Enrol("CN=B1,O=Domain B,C=GB");
        var request = b1.Agent.RequestReceiveCertificates([_a1.Name], Now);
        var foreign = PKIMessage.Decode(request.Octets);
        foreign = foreign with { Header = foreign.Header with { Recipient = new GeneralName.DirectoryName(_a.Name.Name) } };
        var answer = await _a.Ask(foreign.Encode(), b1.User);
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, Assert.IsType<PKIBody.CkiRCrp>(answer.Body).Value.Status.FailInfo);
    }

    [Fact]
    public async Task TheSameRequest_GetsTheSameCertificates_AfterARestart()
    {
        var request = _a1.Agent.RequestReceiveCertificates([DistinguishedName.Parse("CN=B1,O=Domain B,C=GB")], Now);
        var first = await _a.Ask(request.Octets, _a1.User);
        _a.Restart();
        Assert.Equal(first.Body.Encode(), (await _a.Ask(request.Octets, _a1.User)).Body.Encode());
    }

    [Theory]
    [InlineData("another order")]
    [InlineData("one too few")]
    [InlineData("a send certificate")]
    [InlineData("granted for other dates")]
    public async Task TheAgent_Refuses_WrongAnswers(string change)
    {
        var request = _a1.Agent.RequestReceiveCertificates([DistinguishedName.Parse("CN=B1,O=Domain B,C=GB"), DistinguishedName.Parse("CN=B2,O=Domain B,C=GB")], Now, Now.AddDays(300));
        var answer = await _a.Ask(request.Octets, _a1.User);
        var content = ((PKIBody.CkiRCrp)answer.Body).Value;
        var certificates = content.ReceiveCerts!.Value.ToArray();
        var send = Assert.IsType<SendCertificateResult.Granted>(await _a1.AskSend(Now));
        send.PrivateKey.Dispose();
        var changed = change switch
        {
            "another order" => content with { ReceiveCerts = new[] { certificates[1], certificates[0] } },
            "one too few" => content with { ReceiveCerts = new[] { certificates[0] } },
            "a send certificate" => content with { ReceiveCerts = new[] { certificates[0], send.Certificate.Value } },
            _ => content with { Status = new PKIStatusInfo { Status = PKIStatus.Granted } },
        };
        var octets = (answer with { Body = new PKIBody.CkiRCrp(changed) }).Encode();
        Assert.Throws<CkiProtocolException>(() => request.Complete(_a.Deliver(octets)));
    }

    // As his own CMA makes it, one key after the other.
    private async Task<Secret> Exponent(Certificate certificate, DhGroup group)
    {
        var reference = Identifier(certificate).Reference;
        var stored = (await _a.Store.ListInteroperabilityKeysAsync()).Single(key => key.MyReference == reference || key.YourReference == reference);
        using var octets = TestWorld.Provider.KeyWrap.Unwrap(_a.Options.StorageKey, stored.WrappedKey.Span)!;
        using var key = await TestWorld.Provider.Keys.ImportSecretKeyAsync(octets);
        var identifier = certificate.SubjectKeyIdentifier!.Value.Memory;
        using var seed = await KeyDerivation.SeedKeyAsync(key, certificate.Subject.Name, identifier);
        using var seedKey = await TestWorld.Provider.Keys.ImportSecretKeyAsync(seed);
        return await KeyDerivation.PrivateKeyAsync(seedKey, new DatedKeyDescription(DatedKeyUsage.Receive, group, certificate.NotBefore, certificate.NotAfter, certificate.Subject.Name, identifier));
    }

    private static (string Reference, long Generation) Identifier(Certificate certificate)
    {
        var identifier = SeedKeyIdentifier.Decode(certificate.SubjectKeyIdentifier!.Value.Memory);
        return (Convert.ToHexStringLower(identifier.IkReference.Value.Span), identifier.Generation);
    }

    private async Task<ReceiveCertificatesResult.Granted> Granted(DateTimeOffset start, DateTimeOffset? end, params string[] recipients) =>
        Assert.IsType<ReceiveCertificatesResult.Granted>(await _a1.AskReceive(start, end, [.. recipients.Select(DistinguishedName.Parse)]));

    private Task Refused(PKIFailureInfo failure, string paragraph, params string[] recipients) => Refused(failure, paragraph, Now, recipients);

    private async Task Refused(PKIFailureInfo failure, string paragraph, DateTimeOffset start, params string[] recipients)
    {
        var rejected = Assert.IsType<ReceiveCertificatesResult.Rejected>(await _a1.AskReceive(start, null, [.. recipients.Select(DistinguishedName.Parse)]));
        Assert.Equal(failure, rejected.Failure);
        Assert.Contains(paragraph, rejected.Text, StringComparison.Ordinal);
        if (recipients.Length == 2) Assert.Contains(recipients[1], rejected.Text, StringComparison.Ordinal);
    }
}
