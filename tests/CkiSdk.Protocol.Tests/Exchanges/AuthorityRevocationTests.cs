using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Crls;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;
using Certificate = CkiSdk.Pki.Certificates.Certificate;
using RevokedCertificate = CkiSdk.Pki.Crls.RevokedCertificate;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Checks what CRLs with CMA certificates do (CKI Part 2 ¶103–104), with the real engines everywhere.</summary>
public sealed class AuthorityRevocationTests : TwoDomains
{
    private TestTlcma _top = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _top = World.AddTlcma();
        await _top.Register(A, B);
        await _top.Serve(A, await A.Cma.Requests.RequestDomainsAsync(withLocalKey: false, null, [new RequestedDomain(B.Name)]));
        await B.Cma.MaintainAsync();
        await World.Deliver();
        foreach (var user in new[] { A1, B1 }) await user.Fetch();
    }

    [Fact]
    public async Task ARevokedCma_IsForgotten_ByAuthoritiesAndUsers()
    {
        var ofA1 = await B1.Receive(A1, Now);
        Assert.IsType<ExternalSeedKeyResult.Granted>(await A1.AskSeed(ofA1));
        _ = await A1.Receive(B1, Now);
        var revoked = B.Options.Certificate;
        Assert.False(A1.Agent.IsRevoked(revoked));

        await _top.Tlcma.Administration.RevokeCmaAsync(B.Name, CRLReason.KeyCompromise);
        await World.Deliver();
        await A1.Fetch();

        Assert.DoesNotContain(await A.Store.ListAuthoritiesAsync(), Is(revoked));
        Assert.DoesNotContain(await _top.Store.ListAuthoritiesAsync(), Is(revoked));
        var rejected = Assert.IsType<ReceiveCertificatesResult.Rejected>(await A1.AskReceive(Now, null, B1.Name));
        Assert.Equal(PKIFailureInfo.UnrecognisedDomain, rejected.Failure);
        Assert.Equal(PKIFailureInfo.UnrecognisedDomain, Assert.IsType<ExternalSeedKeyResult.Rejected>(await A1.AskSeed(ofA1)).Failure);
        Assert.True(A1.Agent.IsRevoked(revoked));
        Assert.False(A1.Agent.IsRevoked(A.Options.Certificate));
        var exception = Assert.Throws<CkiProtocolException>(() => A1.Agent.CheckCertificate(ofA1, DatedKeyUsage.Receive));
        Assert.Contains("¶104", exception.Message, StringComparison.Ordinal);
        foreach (var store in new[] { A.Store, _top.Store })
        {
            Assert.Contains((await store.ReadAuditAsync()).Links, link => link.Entry.Event == "authority.revoked");
        }
    }

    [Fact]
    public async Task ACma_ThatIsRevoked_IssuesNothing_UntilItHasAnotherCertificate()
    {
        var (ofB1, before) = (await A1.Receive(B1, Now), await CountAsync());
        Assert.IsType<SendCertificateResult.Granted>(await B1.AskSend(Now, Now.AddDays(10))).PrivateKey.Dispose(); // which ends soon
        await _top.Tlcma.Administration.RevokeCmaAsync(B.Name, CRLReason.KeyCompromise);
        await World.Deliver();
        Assert.True(await B.Cma.Administration.IsRevokedAsync());
        foreach (var isRestarted in new[] { false, true })
        {
            if (isRestarted) B.Restart();
            var send = Assert.IsType<SendCertificateResult.Rejected>(await B1.AskSend(World.Now));
            Assert.Equal(PKIFailureInfo.InteroperabilityKeyUnavailable, send.Failure);
            Assert.Contains("¶104", send.Text, StringComparison.Ordinal);
            Assert.Contains("Ask the operator of the CMA for another CMA certificate", send.Text, StringComparison.Ordinal);
            Assert.Equal(PKIFailureInfo.InteroperabilityKeyUnavailable, Assert.IsType<ReceiveCertificatesResult.Rejected>(await B1.AskReceive(World.Now, null, B1.Name)).Failure);
        }

        // What others have sealed opens still, the lists go on, and nothing is renewed that nobody takes.
        Assert.IsType<ExternalSeedKeyResult.Granted>(await B1.AskSeed(ofB1));
        World.Time.Advance(TimeSpan.FromDays(9));
        var number = (await B.Store.ListCrlsAsync()).Single(crl => crl.Issuer.StartsWith(B.Name.Canonical, StringComparison.Ordinal)).Number;
        World.Time.Advance(TimeSpan.FromDays(10));
        await B.Cma.MaintainAsync();
        Assert.True((await B.Store.ListCrlsAsync()).Single(crl => crl.Issuer.StartsWith(B.Name.Canonical, StringComparison.Ordinal)).Number > number);
        Assert.Equal(before + 1, await CountAsync());

        var key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var certificate = await World.Certify(B.Name, key, World.Now.AddMinutes(-1), World.Now.AddYears(2), "O=Domain B,C=GB");
        B.Restart(options => options with { Successors = [new CmaSigner(certificate, key, key.Algorithms[0])] });
        await B.Cma.MaintainAsync();
        await B1.Fetch();
        var granted = Assert.IsType<SendCertificateResult.Granted>(await B1.AskSend(World.Now));
        granted.PrivateKey.Dispose();
        Assert.Equal(certificate.SubjectKeyIdentifier, granted.Certificate.AuthorityKeyIdentifier);
        Assert.False(await B.Cma.Administration.IsRevokedAsync());

        async Task<int> CountAsync() => (await B.Store.ListAllCertificatesAsync(B1.Name.Canonical, IssuedCertificate.Send)).Count;
    }

    // A user was away: what waited for him under the certificate of before he would refuse, and nothing behind it would come.
    [Fact]
    public async Task WhatWaited_UnderARevokedCertificate_IsNotAnnounced()
    {
        Assert.IsType<SendCertificateResult.Granted>(await B1.AskSend(Now, Now.AddDays(10))).PrivateKey.Dispose(); // which ends soon
        await B.Cma.MaintainAsync();
        Assert.Contains(await B.Store.ListAnnouncementsAsync(B1.Name.Canonical), waiting => PKIMessage.Decode(waiting.Message).Body is PKIBody.CkiSCann);
        await _top.Tlcma.Administration.RevokeCmaAsync(B.Name, CRLReason.KeyCompromise);
        await World.Deliver();
        var key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var certificate = await World.Certify(B.Name, key, World.Now.AddMinutes(-1), World.Now.AddYears(2), "O=Domain B,C=GB");
        B.Restart(options => options with { Successors = [new CmaSigner(certificate, key, key.Algorithms[0])] });
        World.Time.Advance(TimeSpan.FromDays(9)); // the certificate of before is due once more, and the one that followed it is under the revoked one
        await B.Cma.MaintainAsync();
        var sent = (await B.Store.ListAllCertificatesAsync(B1.Name.Canonical, IssuedCertificate.Send)).Select(issued => Certificate.Decode(issued.Encoded)).ToArray();
        Assert.Single(sent, issued => issued.AuthorityKeyIdentifier == certificate.SubjectKeyIdentifier);
        World.Time.Advance(TimeSpan.FromDays(10));
        await B.Cma.MaintainAsync();
        var taken = await B1.Fetch(); // which refuses nothing
        Assert.All(taken.OfType<AgentAnnouncement.SendCertificate>(), announced => Assert.Equal(certificate.SubjectKeyIdentifier, announced.Certificate.AuthorityKeyIdentifier));
        Assert.IsType<SendCertificateResult.Granted>(await B1.AskSend(World.Now)).PrivateKey.Dispose();
    }

    [Fact]
    public async Task WhatIsRevoked_DoesNotComeBack_ButAnotherKeyDoes()
    {
        var revoked = B.Options.Certificate;
        await _top.Tlcma.Administration.RevokeCmaAsync(B.Name, CRLReason.KeyCompromise);
        await World.Deliver();

        // With its next list the CMA sends its certificate along, as it always does.
        World.Time.Advance(TimeSpan.FromDays(20));
        await B.Cma.MaintainAsync();
        await World.Deliver();
        Assert.DoesNotContain(await A.Store.ListAuthoritiesAsync(), Is(revoked));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _top.Tlcma.Administration.AddCmaCertificateAsync(revoked));

        // Nor does its key, under another number: whoever has stolen it has the card that was used before.
        Assert.True(await _top.Tlcma.Administration.IsKeyRevokedAsync(revoked.SubjectPublicKeyInfo));
        var domain = Pki.Certificates.DomainRule.Of(revoked);
        var exception = await Assert.ThrowsAsync<ArgumentException>(
            async () => await _top.Tlcma.Administration.CertifyCmaAsync(B.Name, revoked.SubjectPublicKeyInfo, World.Now.AddMinutes(-1), World.Now.AddYears(5), domain));
        Assert.Contains("another key", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await _top.Store.ListAuthoritiesAsync(), authority => authority.Cma == B.Name.Canonical);

        var key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(Crypto.KeyAlgorithm.EcP256);
        var next = await _top.Tlcma.Administration.CertifyCmaAsync(
            B.Name, key.SubjectPublicKeyInfo, World.Now.AddMinutes(-1), World.Now.AddYears(5), Pki.Certificates.DomainRule.Of(revoked));
        B.Restart(options => options with { Certificate = next, SigningKey = key, SignatureAlgorithm = key.Algorithms[0] });
        await B.Cma.MaintainAsync();
        await World.Deliver();
        Assert.Contains(await A.Store.ListAuthoritiesAsync(), Is(next));
        await A1.Receive(B1, World.Now);
    }

    // Whoever has stolen the key has signed a certificate of the same CMA for a key of his own (B.8), and tells everybody of it.
    [Fact]
    public async Task WhatTheRevokedKeyHasSigned_GoesWithIt()
    {
        var revoked = B.Options.Certificate;
        Assert.IsType<ExternalSeedKeyResult.Granted>(await A1.AskSeed(await B1.Receive(A1, Now)));
        var key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var template = Pki.Certificates.CertificateProfiles.Cma(B.Name, key.SubjectPublicKeyInfo, Now.AddMinutes(-1), Now.AddYears(1), Pki.Certificates.DomainRule.Of(revoked));
        var next = await Pki.Certificates.CertificateSigner.SignAsync(template, revoked, B.Options.SigningKey, B.Options.SignatureAlgorithm, Pki.Certificates.SerialNumbers.Random(TestWorld.Provider.Random));
        await _top.Store.CommitAsync(UnitOfWork.Of(new StoreChange.AddAuthority(new StoredAuthority(B.Name.Canonical, next.Encoded, Now)))); // so that it takes the CRL under it
        B.Restart(options => options with { Successors = [new CmaSigner(next, key, key.Algorithms[0])] });
        await B.Cma.MaintainAsync();
        await World.Deliver();
        await A1.Fetch();
        await B1.Fetch();
        var underNext = await B1.Receive(A1, World.Now);
        Assert.Equal(next.SubjectKeyIdentifier, underNext.AuthorityKeyIdentifier);
        Assert.IsType<ExternalSeedKeyResult.Granted>(await A1.AskSeed(underNext)); // which brings him the certificate of its CMA
        A1.Agent.CheckCertificate(underNext, DatedKeyUsage.Receive);
        Assert.Contains(await A.Store.ListAuthoritiesAsync(), Is(next));
        Assert.False(A1.Agent.IsRevoked(next));

        await _top.Tlcma.Administration.RevokeCmaAsync(B.Name, CRLReason.KeyCompromise);
        await World.Deliver();
        await A1.Fetch();
        foreach (var store in new[] { A.Store, _top.Store })
        {
            Assert.DoesNotContain(await store.ListAuthoritiesAsync(), authority => Is(revoked)(authority) || Is(next)(authority));
        }

        Assert.True(A1.Agent.IsRevoked(next));
        Assert.True(await _top.Tlcma.Administration.IsKeyRevokedAsync(next.SubjectPublicKeyInfo));
        Assert.Throws<CkiProtocolException>(() => A1.Agent.CheckCertificate(underNext, DatedKeyUsage.Receive));
        Assert.Equal(PKIFailureInfo.UnrecognisedDomain, Assert.IsType<ReceiveCertificatesResult.Rejected>(await A1.AskReceive(World.Now, null, B1.Name)).Failure);
    }

    [Fact]
    public async Task ACrlInTheNameOfTheTlcma_ThatItHasNotSigned_IsNotDistributed()
    {
        var template = new RevocationListTemplate { IssuedAt = Now, NextIssueAt = Now.AddDays(30), Number = 7, Entries = [new RevokedCertificate { SerialNumber = B.Options.Certificate.SerialNumber, RevocationDate = Now }] };
        var own = _top.Options.Certificate;
        var genuine = await RevocationListSigner.SignAsync(template, own, _top.Options.SigningKey, _top.Options.SignatureAlgorithm);
        var octets = genuine.Encoded.ToArray();
        octets[^1] ^= 1; // of the signature
        await Assert.ThrowsAsync<ArgumentException>("list", async () => await _top.Tlcma.Administration.DistributeCrlAsync(RevocationList.Decode(octets)));
        Assert.Contains(await _top.Store.ListAuthoritiesAsync(), Is(B.Options.Certificate));
        await _top.Tlcma.Administration.DistributeCrlAsync(genuine);
        Assert.DoesNotContain(await _top.Store.ListAuthoritiesAsync(), Is(B.Options.Certificate));
    }

    // An RSA key may stand under rsaEncryption and under id-RSASSA-PSS: it is the same key.
    [Fact]
    public async Task ARevokedKey_IsKnown_UnderAnotherAlgorithm()
    {
        var revoked = B.Options.Certificate;
        await _top.Tlcma.Administration.RevokeCmaAsync(B.Name, CRLReason.KeyCompromise);
        var key = Asn1.Modules.AuthenticationFramework.SubjectPublicKeyInfo.Decode(revoked.SubjectPublicKeyInfo);
        var other = key with { Algorithm = key.Algorithm with { Parameters = null } };
        Assert.True(await _top.Tlcma.Administration.IsKeyRevokedAsync(other.Encode()));
    }

    [Fact]
    public async Task APeerRequest_UnderARevokedCertificate_IsRefused()
    {
        await B.Cma.Administration.CreateDomainKeyAsync(Now, Now.AddDays(300));
        await _top.Tlcma.Administration.RevokeCmaAsync(B.Name, CRLReason.CessationOfOperation);
        await World.Deliver();
        var answer = await A.Ask((await B.Cma.Requests.RequestPeerKeyAsync(A.Name)).Octets, B.Party);
        Assert.Equal(PKIFailureInfo.InvalidRequestParameters, Assert.IsType<PKIBody.CkiPrp>(answer.Body).Value.Status.FailInfo);
        Assert.StartsWith("externalCMACertificate: the CRL 1 of ", FreeText.Read(answer.Header.FreeText), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheList_GoesOn_AndKeepsWhatItNamed()
    {
        var administration = _top.Tlcma.Administration;
        await administration.RevokeCmaAsync(B.Name, CRLReason.KeyCompromise);
        World.Time.Advance(TimeSpan.FromDays(14));
        await _top.Tlcma.MaintainAsync();
        Assert.Equal(1, (await List()).Number!.Value.ToBigInteger());
        World.Time.Advance(TimeSpan.FromDays(2));
        await _top.Tlcma.MaintainAsync();
        await administration.RevokeCmaAsync(A.Name, CRLReason.Unspecified);
        var list = await List();
        Assert.Equal(3, list.Number!.Value.ToBigInteger());
        Assert.Equal(CRLReason.KeyCompromise, list.Find(B.Options.Certificate.SerialNumber)!.Reason);
        Assert.Null(list.Find(A.Options.Certificate.SerialNumber)!.Reason);
        Assert.Equal(World.Now + _top.Options.CrlLifetime, list.NextIssueAt);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await administration.RevokeCmaAsync(B.Name, CRLReason.KeyCompromise));
        await Assert.ThrowsAsync<ArgumentException>(async () => await administration.RevokeCmaAsync(A.Name, CRLReason.RemoveFromCRL));
        await Assert.ThrowsAsync<ArgumentException>(async () => await administration.RevokeCmaAsync(A.Name, CRLReason.CertificateHold));

        async Task<RevocationList> List() =>
            RevocationList.Decode(Assert.Single(await _top.Store.ListCrlsAsync(), crl => crl.Issuer.StartsWith(_top.Name.Canonical, StringComparison.Ordinal)).Encoded);
    }

    [Theory]
    [InlineData("all certificates", true)]
    [InlineData("CA certificates alone", true)]
    [InlineData("user certificates alone", false)]
    [InlineData("attribute certificates alone", false)]
    [InlineData("another certificate", false)]
    public async Task ListsOfTheAki_Count_ByTheirScope(string scope, bool revokes)
    {
        var template = new RevocationListTemplate
        {
            IssuedAt = Now,
            NextIssueAt = Now.AddDays(30),
            Number = 7,
            DistributionPoint = scope switch
            {
                "CA certificates alone" => new IssuingDistPointSyntax { OnlyContainsCACerts = true },
                "user certificates alone" => new IssuingDistPointSyntax { OnlyContainsUserCerts = true },
                "attribute certificates alone" => new IssuingDistPointSyntax { OnlyContainsAttributeCerts = true },
                _ => null,
            },
            Entries =
            [
                new RevokedCertificate
                {
                    SerialNumber = (scope == "another certificate" ? World.Anchor : B.Options.Certificate).SerialNumber,
                    RevocationDate = Now,
                    Reason = CRLReason.KeyCompromise,
                },
            ],
        };
        await _top.Tlcma.Administration.DistributeCrlAsync(await RevocationListSigner.SignAsync(template, World.Anchor, World.AnchorKey, World.AnchorKey.Algorithms[0]));
        await World.Deliver();
        await A1.Fetch();
        Assert.Equal(revokes, !(await A.Store.ListAuthoritiesAsync()).Any(authority => Is(B.Options.Certificate)(authority)));
        Assert.Equal(revokes, !(await _top.Store.ListAuthoritiesAsync()).Any(authority => Is(B.Options.Certificate)(authority)));
        Assert.Equal(revokes, A1.Agent.IsRevoked(B.Options.Certificate));
    }

    // Whatever the TLCMA tells after that must arrive, the certificate for another key first of all.
    [Fact]
    public async Task ARevokedCma_HoldsUp_NothingThatTheTlcmaTells()
    {
        await _top.Tlcma.Administration.RevokeCmaAsync(B.Name, CRLReason.KeyCompromise);
        await World.Deliver();

        // It still runs, and revokes a user; the TLCMA renews keys, and who was away long is told the present state.
        await B.Cma.Administration.RevokeAsync(B1.Name, RevokeUserReason.KeyCompromise);
        await CarryAsync(B.Cma, B.Party.Peer, _top.Tlcma, _top.Peer);
        await CarryAsync(_top.Tlcma, _top.Peer, A.Cma, A.Party.Peer);
        await _top.Tlcma.Administration.AnnounceKeyAsync(A.Name, B.Name, World.Now, World.Now.AddDays(400));
        await CarryAsync(_top.Tlcma, _top.Peer, A.Cma, A.Party.Peer);
        await _top.Tlcma.Administration.SetRevokedUsersAsync(A.Name, [(A1.Name, RevokeUserReason.Unspecified)]);
        World.Time.Advance(TimeSpan.FromDays(8));
        await CarryAsync(_top.Tlcma, _top.Peer, A.Cma, A.Party.Peer);
        Assert.NotNull(await A.Store.FindRevokedUserAsync(A1.Name.Canonical));

        var key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var next = await World.Certify(B.Name, key, World.Now.AddDays(-1), World.Now.AddYears(5), "O=Domain B,C=GB");
        await _top.Tlcma.Administration.AddCmaCertificateAsync(next);
        await CarryAsync(_top.Tlcma, _top.Peer, A.Cma, A.Party.Peer);
        Assert.Contains(await A.Store.ListAuthoritiesAsync(), Is(next));
        Assert.Equal(2, (await A.Store.ListInteroperabilityKeysAsync()).Count(known => known.ExternalCma == B.Name.Canonical && known.Source is not null));
        Assert.NotNull(await A.Store.FindRevokedUserAsync(B1.Name.Canonical));
    }

    private static async Task CarryAsync(IMessageHandler from, Peer sender, IMessageHandler to, Peer recipient)
    {
        ReadOnlyMemory<byte>? last = null;
        while (await from.NextAnnouncementAsync(recipient, SecurityServices.All, last) is { } next)
        {
            var result = await to.HandleAsync(new DeliveredMessage(next, SecurityServices.All, sender));
            Assert.True(result is HandlingResult.Accepted, (result as HandlingResult.Refused)?.Text);
            last = next;
        }
    }

    private static Predicate<StoredAuthority> Is(Certificate certificate) => authority => authority.Encoded.Span.SequenceEqual(certificate.Encoded.Span);
}
