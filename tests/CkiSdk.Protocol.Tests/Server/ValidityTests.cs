using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;

namespace CkiSdk.Protocol.Tests.Server;

/// <summary>Shows how the suggested validity becomes that of the certificate (CKI Part 2 ¶80, ¶81, ¶84; profile section 1.1).</summary>
public sealed class ValidityTests
{
    private static readonly DateTimeOffset Now = TestDomain.Now;

    [Fact]
    public async Task HandleAsync_Grants_WhatIsSuggested()
    {
        await Gives(Now.AddDays(1), Now.AddDays(100), PKIStatus.Granted, Now.AddDays(1), Now.AddDays(100));
        await Gives(Now.AddMinutes(-5), Now.AddDays(100), PKIStatus.Granted, Now.AddMinutes(-5), Now.AddDays(100));
    }

    [Fact]
    public async Task HandleAsync_Grants_SuggestionsWithFractions_InWholeSeconds() =>
        await Gives(Now.AddMilliseconds(700), Now.AddDays(3).AddMilliseconds(300), PKIStatus.Granted, Now, Now.AddDays(3));

    [Fact]
    public async Task HandleAsync_Grants_TheUsualLifetime_WhereNoEndIsSuggested() =>
        await Gives(Now, null, PKIStatus.Granted, Now, Now.AddDays(365));

    [Fact]
    public async Task HandleAsync_Grants_ButNoLongerThanTheKey_WhereNoEndIsSuggested() =>
        await Gives(Now.AddDays(400), null, PKIStatus.Granted, Now.AddDays(400), TestDomain.KeyEnd);

    [Theory]
    [InlineData(-301)]
    [InlineData(-86400)]
    public async Task HandleAsync_Modifies_AStartInThePast(int seconds) =>
        await Gives(Now.AddSeconds(seconds), Now.AddDays(10), PKIStatus.GrantedWithMods, Now, Now.AddDays(10));

    [Fact]
    public async Task HandleAsync_Modifies_TheEarliestStartThereIs() =>
        await Gives(DateTimeOffset.MinValue, null, PKIStatus.GrantedWithMods, Now, Now.AddDays(365));

    [Fact]
    public async Task HandleAsync_Modifies_AnEndBeyondTheInteroperabilityKey() =>
        await Gives(Now, TestDomain.KeyEnd.AddSeconds(1), PKIStatus.GrantedWithMods, Now, TestDomain.KeyEnd);

    [Fact]
    public async Task HandleAsync_Modifies_TheLatestEndThereIs() =>
        await Gives(Now, DateTimeOffset.MaxValue, PKIStatus.GrantedWithMods, Now, TestDomain.KeyEnd);

    [Fact]
    public async Task HandleAsync_Modifies_AnEndBeyondTheCmaCertificate()
    {
        using var domain = await TestDomain.Create(cmaEnd: Now.AddDays(50));
        await Gives(domain, Now, Now.AddDays(51), PKIStatus.GrantedWithMods, Now, Now.AddDays(50));
    }

    [Fact]
    public async Task HandleAsync_Modifies_AnEndBeyondTheLongestLifetime()
    {
        using var domain = await TestDomain.Create(options => options with { MaximumLifetime = TimeSpan.FromDays(7) });
        await Gives(domain, Now, Now.AddDays(8), PKIStatus.GrantedWithMods, Now, Now.AddDays(7));
    }

    [Fact]
    public async Task HandleAsync_Modifies_AStartBeforeTheKey_WithinTheToleranceOfClocks()
    {
        using var domain = await TestDomain.Create(withKey: false);
        await domain.Cma.Administration.CreateLocalKeyAsync(Now.AddSeconds(-1), TestDomain.KeyEnd);
        await domain.Enrol(TestUser.A1);
        await Gives(domain, Now.AddSeconds(-10), Now.AddDays(1), PKIStatus.GrantedWithMods, Now, Now.AddDays(1));
    }

    [Fact]
    public async Task HandleAsync_Grants_InTheSecondInWhichTheKeyWasMade()
    {
        using var domain = await TestDomain.Create(withKey: false);
        domain.Time.Advance(TimeSpan.FromMilliseconds(700));
        await domain.Cma.Administration.CreateLocalKeyAsync(domain.Time.GetUtcNow(), TestDomain.KeyEnd);
        await domain.Enrol(TestUser.A1);
        await Gives(domain, Now, Now.AddDays(1), PKIStatus.Granted, Now, Now.AddDays(1));
    }

    [Fact]
    public async Task HandleAsync_Survives_KeysAndCertificatesToTheEndOfTime()
    {
        var end = new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero); // RFC 5280 4.1.2.5: no well-defined expiry
        using var domain = await TestDomain.Create(withKey: false, cmaEnd: end);
        await domain.Cma.Administration.CreateLocalKeyAsync(Now, end);
        await domain.Enrol(TestUser.A1);
        var start = end.AddDays(-1);
        await Gives(domain, start, null, PKIStatus.Granted, start, end);
        await Gives(domain, start, DateTimeOffset.MaxValue, PKIStatus.Granted, start, end);
        (await domain.Ask(domain.Request(end, null))).IsRefused(PKIFailureInfo.InvalidRequestParameters, "suggestedValidityStart", "¶85 b");
    }

    [Fact]
    public async Task HandleAsync_Refuses_ValidityOfThePast() => await Refuses(Now.AddDays(-2), Now.AddDays(-1), "suggestedValidityEnd");

    [Fact]
    public async Task HandleAsync_Refuses_AnEndNow() => await Refuses(Now.AddDays(-2), Now, "suggestedValidityEnd");

    [Fact]
    public async Task HandleAsync_Refuses_AnEndBeforeTheStart() => await Refuses(Now.AddDays(2), Now.AddDays(1), "suggestedValidityEnd");

    [Fact]
    public async Task HandleAsync_Refuses_AnEndAtTheStart() => await Refuses(Now.AddMilliseconds(100), Now.AddMilliseconds(900), "suggestedValidityEnd");

    [Fact]
    public async Task HandleAsync_Refuses_AStartAfterTheCmaCertificate() => await Refuses(Now.AddYears(9), null, "suggestedValidityStart");

    [Fact]
    public async Task HandleAsync_Refuses_TheLatestStartThereIs() => await Refuses(DateTimeOffset.MaxValue, null, "suggestedValidityStart");

    [Fact]
    public async Task HandleAsync_Refuses_WhenTheCmaCertificateHasEnded_EvenForAStartBefore()
    {
        using var domain = await TestDomain.Create(cmaEnd: Now.AddSeconds(60));
        domain.Time.Advance(TimeSpan.FromSeconds(120));
        (await domain.Ask(domain.Request(Now, Now.AddDays(1)))).IsRefused(PKIFailureInfo.InvalidRequestParameters, "suggestedValidityStart", "¶85 b");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(1000)]
    public async Task HandleAsync_Refuses_AStartWithoutInteroperabilityKey(int days)
    {
        using var domain = await TestDomain.Create();
        (await domain.Ask(domain.Request(Now.AddDays(days)))).IsRefused(PKIFailureInfo.InteroperabilityKeyUnavailable, "suggestedValidityStart", "¶85 c");
    }

    [Fact]
    public async Task HandleAsync_Refuses_WhenTheKeyHasEnded_EvenForAStartBefore()
    {
        using var domain = await TestDomain.Create(withKey: false);
        await domain.Cma.Administration.CreateLocalKeyAsync(Now.AddDays(-1), Now.AddSeconds(60));
        await domain.Enrol(TestUser.A1);
        domain.Time.Advance(TimeSpan.FromSeconds(120));
        (await domain.Ask(domain.Request(Now, Now.AddDays(1)))).IsRefused(PKIFailureInfo.InteroperabilityKeyUnavailable, "suggestedValidityStart", "¶85 c");
    }

    private static async Task Gives(DateTimeOffset start, DateTimeOffset? end, PKIStatus status, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        using var domain = await TestDomain.Create();
        await Gives(domain, start, end, status, notBefore, notAfter);
    }

    private static async Task Gives(
        TestDomain domain, DateTimeOffset start, DateTimeOffset? end, PKIStatus status, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        var answer = await domain.Ask(domain.Request(start, end));
        Assert.Equal(status, answer.Status);
        Assert.Null(answer.Content.Status.FailInfo);
        Assert.Equal((notBefore, notAfter), (answer.Certificate.NotBefore, answer.Certificate.NotAfter));
    }

    private static async Task Refuses(DateTimeOffset start, DateTimeOffset? end, string field)
    {
        using var domain = await TestDomain.Create();
        (await domain.Ask(domain.Request(start, end))).IsRefused(PKIFailureInfo.InvalidRequestParameters, field, "¶85 b");
    }
}
