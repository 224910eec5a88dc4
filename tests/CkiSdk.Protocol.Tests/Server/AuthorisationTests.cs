using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Tests.Server;

/// <summary>Shows who may ask for a send certificate (CKI Part 2 ¶83, ¶85 a; profile sections 2 and 3).</summary>
public sealed class AuthorisationTests
{
    [Fact]
    public async Task HandleAsync_Refuses_AMessageOfNobody()
    {
        using var domain = await TestDomain.Create();
        var result = await domain.Cma.HandleAsync(new DeliveredMessage(domain.Request().Encode(), SecurityServices.All, Sender: null));
        TestAnswer.Read(result).IsRefused(PKIFailureInfo.UnauthorisedAccess, "message", "¶83");
    }

    [Theory]
    [InlineData(SecurityServices.None)]
    [InlineData(SecurityServices.OriginAuthentication)]
    [InlineData(SecurityServices.Integrity)]
    [InlineData(SecurityServices.Confidentiality | SecurityServices.Integrity)]
    public async Task HandleAsync_Refuses_TooFewServices(SecurityServices services)
    {
        using var domain = await TestDomain.Create();
        (await domain.Ask(domain.Request(), services: services)).IsRefused(PKIFailureInfo.UnauthorisedAccess, "message", "¶83");
    }

    [Fact]
    public async Task HandleAsync_Serves_WithoutServices_WherePolicyAllows()
    {
        using var domain = await TestDomain.Create(options => options with { RequiredOfRequests = SecurityServices.None });
        Assert.Equal(PKIStatus.Granted, (await domain.Ask(domain.Request(), services: SecurityServices.None)).Status);
    }

    [Fact]
    public async Task HandleAsync_Refuses_AUserWhoIsNotTheSender_AlikeWhetherEnrolledOrNot()
    {
        using var domain = await TestDomain.Create();
        await domain.Enrol(TestUser.A2);
        var enrolled = await domain.Ask(domain.Request(user: TestDomain.A2, sender: TestDomain.A1));
        var unknown = await domain.Ask(domain.Request(user: DistinguishedName.Parse("CN=A3,OU=Users,O=Domain A,C=GB"), sender: TestDomain.A1));
        enrolled.IsRefused(PKIFailureInfo.UnauthorisedAccess, "user", "¶85 a");
        unknown.IsRefused(PKIFailureInfo.UnauthorisedAccess, "user", "¶85 a");
        Assert.Equal(enrolled.Text.Replace("A2", "A3", StringComparison.Ordinal), unknown.Text);
    }

    [Fact]
    public async Task HandleAsync_Refuses_AUserWhoIsNotEnrolled()
    {
        using var domain = await TestDomain.Create(withUser: false);
        (await domain.Ask(domain.Request())).IsRefused(PKIFailureInfo.UnauthorisedAccess, "header.sender", "¶85 a");
    }

    [Fact]
    public async Task HandleAsync_Refuses_ARevokedUser_UntilThatIsTakenBack()
    {
        using var domain = await TestDomain.Create();
        var request = domain.Request();
        Assert.True(await domain.Cma.Administration.RevokeAsync(TestDomain.A1, RevokeUserReason.KeyCompromise));
        (await domain.Ask(request)).IsRefused(PKIFailureInfo.UnauthorisedAccess, "header.sender", "¶85 a");
        Assert.True(await domain.Cma.Administration.RestoreAsync(TestDomain.A1));
        Assert.Equal(PKIStatus.Granted, (await domain.Ask(request)).Status);
    }

    [Fact]
    public async Task HandleAsync_AuthorisesAgain_BeforeItRepeatsAnAnswer()
    {
        using var domain = await TestDomain.Create();
        var request = domain.Request();
        var granted = await domain.Ask(request);
        await domain.Cma.Administration.RevokeAsync(TestDomain.A1, RevokeUserReason.KeyCompromise);
        (await domain.Ask(request)).IsRefused(PKIFailureInfo.UnauthorisedAccess, "header.sender", "¶85 a");
        await domain.Cma.Administration.RestoreAsync(TestDomain.A1);
        Assert.Equal(granted.Body, (await domain.Ask(request)).Body);
    }

    [Fact]
    public async Task HandleAsync_Refuses_AUserOutsideTheDomainOfToday()
    {
        // He was enrolled under an earlier CMA certificate with a wider domain.
        var stranger = await TestUser.Create(DistinguishedName.Parse("CN=B1,O=Domain B,C=GB"));
        using var domain = await TestDomain.Create();
        await domain.Store.CommitAsync(UnitOfWork.Of(new StoreChange.PutUser(new EnrolledUser(stranger.Name.Canonical, stranger.Name.Encoded))));
        (await domain.Ask(domain.Request(user: stranger.Name), stranger)).IsRefused(PKIFailureInfo.UnauthorisedAccess, "user", "¶85 a");
    }

    [Fact]
    public async Task HandleAsync_Refuses_ANameOfObsoleteStrings()
    {
        using var domain = await TestDomain.Create();
        var name = DistinguishedName.Decode(Convert.FromHexString(Obsolete));
        Assert.Equal(TestDomain.A1, name);
        (await domain.Ask(domain.Request(user: name))).IsRefused(PKIFailureInfo.InvalidRequestParameters, "user", "profile section 2");
    }

    /// <summary>Gets the name of A1 with the CN as a TeletexString.</summary>
    private static string Obsolete
    {
        get
        {
            var hex = Convert.ToHexString(TestDomain.A1.Encoded.Span);
            var place = hex.LastIndexOf("0C024131", StringComparison.Ordinal);
            return $"{hex[..place]}14{hex[(place + 2)..]}";
        }
    }
}
