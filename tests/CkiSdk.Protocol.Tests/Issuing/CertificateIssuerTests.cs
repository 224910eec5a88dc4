using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;

namespace CkiSdk.Protocol.Tests.Issuing;

/// <summary>Checks that of several certificates made together each has the key that belongs to it.</summary>
public sealed class CertificateIssuerTests : IAsyncLifetime
{
    private readonly SetsOfFour _arithmetic = new(TestDomain.Provider.DiffieHellman);
    private TestDomain _domain = null!;
    private CmaContext _cma = null!;

    public async ValueTask InitializeAsync()
    {
        _domain = await TestDomain.Create();
        var (options, store, time) = (_domain.Options, _domain.Store, _domain.Time);
        var provider = TestDomain.Provider with { DiffieHellman = _arithmetic };
        var party = new PartyContext(Role.Cma, store, provider, time, new MessageClock(store, time), new MessageWriter(options.Certificate.Subject, provider.Random));
        var signers = new Signers(options);
        _cma = new CmaContext(party, options, signers, new InteroperabilityKeyRing(store, provider, options.StorageKey), new Authorities(store, signers));
    }

    public ValueTask DisposeAsync()
    {
        _cma.Keys.Dispose();
        _cma.Party.Dispose();
        _domain.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(23)]
    public async Task OfSeveral_EachGetsItsOwnKey_InItsOwnGroup(int count)
    {
        var plans = Enumerable.Range(1, count).Select(Plan).ToArray();
        var issued = await new CertificateIssuer(_cma).IssueAsync(plans, TestContext.Current.CancellationToken);
        Assert.Equal(plans.Select(plan => plan.Subject), issued.Select(each => each.Certificate.Subject));
        Assert.Equal(count, issued.Select(each => each.Certificate.SerialNumber).Distinct().Count());
        foreach (var (plan, (certificate, change)) in plans.Zip(issued))
        {
            Assert.True(DhPublicKeys.TryDecode(certificate.SubjectPublicKeyInfo, DhGroups.Named, out var group, out var publicValue));
            Assert.Equal(plan.Description.Group, group);
            using var exponent = await new CertificateIssuer(_cma).ExponentAsync(plan.Key, plan.Description, TestContext.Current.CancellationToken);
            Assert.Equal(TestDomain.Provider.DiffieHellman.PublicValue(group, exponent), publicValue);
            Assert.True(certificate.IsSignedBy(_domain.Options.Certificate, TestDomain.Provider));
            Assert.Equal((plan.Subject.Canonical, plan.Key.MyReference, plan.Generation), (change.Certificate.Subject, change.Certificate.KeyReference, change.Certificate.Generation));
        }
    }

    [Fact]
    public async Task WholeSets_AreComputedTogether()
    {
        await new CertificateIssuer(_cma).IssueAsync([.. Enumerable.Range(1, 24).Select(Plan)], TestContext.Current.CancellationToken);
        Assert.Equal([(DhGroups.Ffdhe2048, 16), (DhGroups.Ffdhe3072, 8)], _arithmetic.Asked);
    }

    [Fact]
    public async Task ACancelledCall_ComputesNothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new CertificateIssuer(_cma).IssueAsync([.. Enumerable.Range(1, 9).Select(Plan)], cancelled).AsTask());
        Assert.Empty(_arithmetic.Asked);
    }

    // Every third is of another group.
    private CertificatePlan Plan(int number)
    {
        var subject = DistinguishedName.Parse($"CN=A{number},O=Domain A,C=GB");
        var usage = number % 2 == 0 ? DatedKeyUsage.Send : DatedKeyUsage.Receive;
        var group = number % 3 == 0 ? DhGroups.Ffdhe3072 : DhGroups.Ffdhe2048;
        var identifier = CertificateIssuer.Identifier(_domain.Key!, number);
        return new CertificatePlan(subject, _domain.Key!, number, new DatedKeyDescription(usage, group, TestDomain.Now, TestDomain.Now.AddDays(number), subject.Name, identifier));
    }
}
