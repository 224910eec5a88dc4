using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Checks how the recipients of a request are found (CKI Part 2 ¶93, ¶94), where there are many.</summary>
public sealed class RecipientTests : TwoDomains
{
    private static readonly DistinguishedName UnknownDomain = DistinguishedName.Parse("CN=C1,O=Domain C,C=GB");
    private static readonly DistinguishedName NotEnrolled = DistinguishedName.Parse("CN=A9,O=Domain A,C=GB");

    [Fact]
    public async Task TheNamesOfAHundredRecipients_AreReadAtOnce()
    {
        var others = Enumerable.Range(1, 100).Select(number => DistinguishedName.Parse($"CN=B{number},O=Domain B,C=GB")).ToArray();
        await A1.AskReceive(Now, null, others[40..60]); // whose names are known then
        var store = CountingStore.Around(A.Store);
        using var cma = new Cma(A.Options, store, TestWorld.Provider, World.Time);
        var request = A1.Agent.RequestReceiveCertificates([.. others, others[50], A1.Name], Now);
        var answer = await cma.HandleAsync(new DeliveredMessage(request.Octets, SecurityServices.All, A1.User.Peer));
        var granted = Assert.IsType<ReceiveCertificatesResult.Granted>(request.Complete(A.Deliver(Assert.IsType<HandlingResult.Answer>(answer).Message)));
        Assert.Equal([.. others, others[50], A1.Name], granted.Certificates.Select(certificate => certificate.Subject));
        Assert.Equal(1, CountingStore.Calls(store, nameof(ICmaStore.FindNamesAsync)));
    }

    [Fact]
    public async Task OfSeveralBadRecipients_TheFirstThatWasNamed_IsTold()
    {
        var good = DistinguishedName.Parse("CN=B1,O=Domain B,C=GB");
        await Refused(PKIFailureInfo.UnrecognisedDomain, UnknownDomain, good, UnknownDomain, NotEnrolled);
        await Refused(PKIFailureInfo.InvalidRequestParameters, NotEnrolled, good, NotEnrolled, UnknownDomain);
        Assert.Empty(await A.Store.FindNamesAsync([good.Canonical]));
    }

    private async Task Refused(PKIFailureInfo failure, DistinguishedName first, params DistinguishedName[] recipients)
    {
        var rejected = Assert.IsType<ReceiveCertificatesResult.Rejected>(await A1.AskReceive(Now, null, recipients));
        Assert.Equal(failure, rejected.Failure);
        Assert.Contains(first.ToString(), rejected.Text, StringComparison.Ordinal);
    }
}
