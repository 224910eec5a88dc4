using System.Net;
using CkiSdk.Protocol.Storage;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Web.Tests;

/// <summary>Shows that changes are made by those who may, by forms of these pages, with a reason, and that the audit log keeps who, what and why.</summary>
public sealed class ChangesTests
{
    private const string Case = "0123456789abcdef";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnOperator_RevokesAndRestores_AndTheAuditKeepsWhy()
    {
        await using var site = await TestSite.StartAsync(isTls: true);
        using var browser = site.Browse(TestSite.Operator);
        var who = TestAuthority.PeerOf(TestSite.Operator).Name.Canonical;
        using (var answer = await browser.SubmitAsync("/revoked", "/revoke", ("user", TestSite.A1.ToString()), ("reason", "key-compromise"), ("why", "laptop <stolen> & sold")))
        {
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            Assert.Equal("/revoked", answer.Headers.Location!.ToString());
        }

        Assert.True((await site.Store.FindUserAsync(TestSite.A1.Canonical, Cancel))!.IsRevoked);
        var entry = await site.LastEntryAsync("user.revoked");
        Assert.Equal((who, $"{TestSite.A1.Canonical}; KeyCompromise; why: laptop <stolen> & sold"), (entry.Party, entry.Detail));
        Assert.Contains("why: laptop &lt;stolen&gt; &amp; sold", await browser.ReadAsync("/audit"), StringComparison.Ordinal);

        using (var answer = await browser.SubmitAsync("/revoked", "/restore", ("user", TestSite.A1.ToString()), ("why", "found again")))
        {
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        }

        Assert.False((await site.Store.FindUserAsync(TestSite.A1.Canonical, Cancel))!.IsRevoked);
        entry = await site.LastEntryAsync("user.restored");
        Assert.Equal((who, $"{TestSite.A1.Canonical}; why: found again"), (entry.Party, entry.Detail));
        Assert.True(AuditChain.Verify(await site.Store.ReadAuditAsync(Cancel)).IsIntact);
    }

    [Fact]
    public async Task TwoIdentities_ApproveACase_EachOnce()
    {
        await using var site = await TestSite.StartAsync(isTls: true);
        await site.AskForKeyAsync(Case, TestSite.A1);
        using var first = site.Browse(TestSite.First);
        using var second = site.Browse(TestSite.Second);
        var token = await first.TokenAsync("/approvals", "/approve");
        using (var answer = await first.PostAsync("/approve", ("token", token), ("case", Case), ("why", "court order 7")))
        {
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        }

        using (var again = await first.PostAsync("/approve", ("token", token), ("case", Case), ("why", "court order 7")))
        {
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
            Assert.Contains("somebody else must approve it", await again.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("action=\"/approve\"", await first.ReadAsync("/approvals"), StringComparison.Ordinal);
        Assert.Contains("1 of 2 approvals", await second.ReadAsync("/approvals"), StringComparison.Ordinal);
        using (var answer = await second.SubmitAsync("/approvals", "/approve", ("case", Case), ("why", "seen the order")))
        {
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        }

        var found = Assert.Single(await site.Cma.Recovery.ListAsync(Cancel));
        Assert.Equal([TestAuthority.PeerOf(TestSite.First).Name.Canonical, TestAuthority.PeerOf(TestSite.Second).Name.Canonical], found.Approvers);
        var entry = await site.LastEntryAsync("recovery.approved");
        Assert.Equal((found.Approvers[1], $"case {Case}; why: seen the order"), (entry.Party, entry.Detail));
        Assert.Contains("No request waits.", await second.ReadAsync("/approvals"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnApproval_ThatStandsNoMore_IsNotCounted()
    {
        await using var site = await TestSite.StartAsync(isTls: true);
        await site.AskForKeyAsync(Case, TestSite.A1);
        using var first = site.Browse(TestSite.First);
        using var second = site.Browse(TestSite.Second);
        using (var answer = await first.SubmitAsync("/approvals", "/approve", ("case", Case), ("why", "court order 7"))) Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Contains("1 of 2 approvals", await second.ReadAsync("/approvals"), StringComparison.Ordinal);
        await site.Cma.Peers.PutAsync(TestAuthority.PeerOf(TestSite.First).Name, PartyKinds.None, cancellationToken: Cancel);
        Assert.Contains("0 of 2 approvals", await second.ReadAsync("/approvals"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACase_IsRefused_ForGood_AndNotApprovedByWhoAsks()
    {
        await using var site = await TestSite.StartAsync(isTls: true);
        await site.AskForKeyAsync(Case, TestSite.A1, TestAuthority.PeerOf(TestSite.First).Name);
        using var first = site.Browse(TestSite.First);
        using var second = site.Browse(TestSite.Second);
        using (var own = await first.SubmitAsync("/approvals", "/approve", ("case", Case), ("why", "mine"))) Assert.Equal(HttpStatusCode.Conflict, own.StatusCode);
        using (var unknown = await second.SubmitAsync("/approvals", "/approve", ("case", "00"), ("why", "what"))) Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        var token = await second.TokenAsync("/approvals", "/approve");
        using (var answer = await second.SubmitAsync("/approvals", "/refuse", ("case", Case), ("why", "no order"))) Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        using (var late = await second.PostAsync("/approve", ("token", token), ("case", Case), ("why", "yes after all"))) Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal($"case {Case}; why: no order", (await site.LastEntryAsync("recovery.refused")).Detail);
    }

    [Fact]
    public async Task WhoMayNot_ChangesNothing()
    {
        await using var site = await TestSite.StartAsync(isTls: true);
        await site.AskForKeyAsync(Case, TestSite.A1);
        var entries = await site.CountEntriesAsync();
        using var operators = site.Browse(TestSite.Operator);
        using var approver = site.Browse(TestSite.First);
        using var user = site.Browse(TestAuthority.Client);
        var (revoke, approve) = (await operators.TokenAsync("/revoked", "/revoke"), await approver.TokenAsync("/approvals", "/approve"));
        (string, string)[] revocation = [("user", TestSite.A1.ToString()), ("reason", "unspecified"), ("why", "because")];
        (string, string)[] approval = [("case", Case), ("why", "because")];
        foreach (var (browser, path, fields) in new[]
        {
            (approver, "/revoke", revocation.Append(("token", revoke))), (operators, "/approve", approval.Append(("token", approve))),
            (user, "/revoke", revocation.Append(("token", revoke))), (user, "/approve", approval.Append(("token", approve))),
        })
        {
            using var answer = await browser.PostAsync(path, [.. fields]);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.DoesNotContain("action=\"/revoke\"", await approver.ReadAsync("/revoked"), StringComparison.Ordinal);
        Assert.DoesNotContain("action=\"/approve\"", await operators.ReadAsync("/approvals"), StringComparison.Ordinal);
        Assert.Equal(entries, await site.CountEntriesAsync());
    }

    [Fact]
    public async Task FormsOfOthers_AreRefused()
    {
        await using var site = await TestSite.StartAsync(isTls: true, options => options with { Operators = [TestAuthority.PeerOf(TestSite.Operator).Name, TestAuthority.PeerOf(TestSite.First).Name] });
        using var browser = site.Browse(TestSite.Operator);
        using var other = site.Browse(TestSite.First);
        var own = await browser.TokenAsync("/revoked", "/revoke");
        await site.AskForKeyAsync(Case, TestSite.A1);
        foreach (var (what, token) in new[]
        {
            ("none", ""), ("one that is made up", new string('A', own.Length)), ("a shorter one", own[..^1]), ("another's", await other.TokenAsync("/revoked", "/revoke")),
            ("that of another form", await other.TokenAsync("/approvals", "/approve")), ("signs that are none", new string('!', own.Length)),
        })
        {
            using var answer = await browser.PostAsync("/revoke", ("token", token), ("user", TestSite.A1.ToString()), ("reason", "unspecified"), ("why", "because"));
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, what);
        }

        using var content = new FormUrlEncodedContent([new("token", own), new("user", TestSite.A1.ToString()), new("reason", "unspecified"), new("why", "because")]);
        using (var cross = await browser.PostAsync("/revoke", content, ("Sec-Fetch-Site", "cross-site"))) Assert.Equal(HttpStatusCode.Forbidden, cross.StatusCode);
        Assert.False((await site.Store.FindUserAsync(TestSite.A1.Canonical, Cancel))!.IsRevoked);
    }

    [Theory]
    [InlineData("no reason", "", HttpStatusCode.BadRequest)]
    [InlineData("blanks", "   ", HttpStatusCode.BadRequest)]
    [InlineData("a line feed, which would make up a line of a log", "a\nb", HttpStatusCode.BadRequest)]
    [InlineData("a turn of the direction", "a\u202Eb", HttpStatusCode.BadRequest)]
    [InlineData("too long", "301", HttpStatusCode.BadRequest)]
    [InlineData("far too long", "5000", HttpStatusCode.BadRequest)]
    [InlineData("larger than a form", "20000", HttpStatusCode.RequestEntityTooLarge)]
    public async Task Reasons_AreNeeded_AndLimited(string what, string why, HttpStatusCode expected)
    {
        await using var site = await TestSite.StartAsync(isTls: true);
        using var browser = site.Browse(TestSite.Operator);
        var text = int.TryParse(why, out var length) ? new string('x', length) : why;
        using var answer = await browser.SubmitAsync("/revoked", "/revoke", ("user", TestSite.A1.ToString()), ("reason", "unspecified"), ("why", text));
        Assert.True(answer.StatusCode == expected, $"{what}: {answer.StatusCode}");
        Assert.False((await site.Store.FindUserAsync(TestSite.A1.Canonical, Cancel))!.IsRevoked);
    }

    [Fact]
    public async Task OtherForms_AreRefused()
    {
        await using var site = await TestSite.StartAsync(isTls: true);
        using var browser = site.Browse(TestSite.Operator);
        var token = await browser.TokenAsync("/revoked", "/revoke");
        (string, string)[] right = [("token", token), ("user", TestSite.A1.ToString()), ("reason", "unspecified"), ("why", "because")];
        using (var get = await browser.GetAsync("/revoke")) Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        using (var page = await browser.PostAsync("/audit", right)) Assert.Equal(HttpStatusCode.MethodNotAllowed, page.StatusCode);
        using (var json = await browser.PostAsync("/revoke", new StringContent("{}", null, "application/json"))) Assert.Equal(HttpStatusCode.UnsupportedMediaType, json.StatusCode);
        using (var twice = await browser.PostAsync("/revoke", [.. right, ("user", "CN=Other")])) Assert.Equal(HttpStatusCode.BadRequest, twice.StatusCode);
        using (var many = await browser.PostAsync("/revoke", [.. right, .. Enumerable.Range(0, 9).Select(i => ($"f{i}", ""))])) Assert.Equal(HttpStatusCode.BadRequest, many.StatusCode);
        using (var code = await browser.PostAsync("/revoke", [.. right.Where(field => field.Item1 != "reason"), ("reason", "other")])) Assert.Equal(HttpStatusCode.BadRequest, code.StatusCode);
        using (var nobody = await browser.PostAsync("/revoke", [.. right.Where(field => field.Item1 != "user"), ("user", "CN=Nobody")])) Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
        using (var chunked = await browser.PostAsync("/revoke", new Chunked(60_000))) Assert.True(chunked.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge);
        Assert.False((await site.Store.FindUserAsync(TestSite.A1.Canonical, Cancel))!.IsRevoked);
    }

    // A form whose length is not said before.
    private sealed class Chunked : HttpContent
    {
        private readonly int _count;

        public Chunked(int count)
        {
            _count = count;
            Headers.ContentType = new("application/x-www-form-urlencoded");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(new byte[_count].AsMemory()).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
