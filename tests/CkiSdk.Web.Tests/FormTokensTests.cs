using CkiSdk.Transports.Tests.Contract;
using CkiSdk.Web.Access;

namespace CkiSdk.Web.Tests;

/// <summary>Shows that a token is good for one certificate, one form, and the day after it was made.</summary>
public sealed class FormTokensTests
{
    [Fact]
    public void Token_EndsWithTheDayAfter()
    {
        var time = new Clock();
        var tokens = new FormTokens(time);
        var peer = TestAuthority.PeerOf(TestSite.Operator);
        var token = tokens.Create(peer, "/revoke");
        Assert.True(tokens.IsValid(peer, "/revoke", token));
        Assert.False(tokens.IsValid(peer, "/restore", token));
        Assert.False(tokens.IsValid(TestAuthority.PeerOf(TestSite.First), "/revoke", token));
        Assert.False(new FormTokens(time).IsValid(peer, "/revoke", token)); // another process, another key
        time.Now = time.Now.AddDays(1);
        Assert.True(tokens.IsValid(peer, "/revoke", token));
        time.Now = time.Now.AddDays(1);
        Assert.False(tokens.IsValid(peer, "/revoke", token));
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 23, 59, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
