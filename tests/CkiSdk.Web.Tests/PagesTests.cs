using System.Net;
using System.Text.RegularExpressions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Web.Tests;

/// <summary>Shows what the pages of a CMA tell, to a browser at the machine itself.</summary>
public sealed partial class PagesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Overview_TellsOf_KeysAndCertificates_WithTheirEnds()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse(isTls: false);
        var page = await browser.ReadAsync("/");
        Assert.Contains("<h1>Keys and certificates</h1>", page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("Certificate <bdi>tls</bdi> ends in 0 days.", page, StringComparison.Ordinal);
        Assert.Contains("<td>699</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>CRL</td>", page, StringComparison.Ordinal);
        Assert.Contains("1 users, 0 revoked.", page, StringComparison.Ordinal);
        Assert.Contains("Read only", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Timeline_IsAPicture_WithABarForEach()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse(isTls: false);
        using var answer = await browser.GetAsync("/timeline.svg");
        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType!.MediaType);
        var picture = System.Xml.Linq.XDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(4, picture.Descendants().Count(element => element.Name.LocalName == "g"));
        Assert.Contains("today", picture.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryPage_HasStrictHeaders()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse(isTls: false);
        foreach (var path in new[] { "/", "/certificates", "/approvals", "/revoked", "/audit", "/timeline.svg", "/style.css" })
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Certificates_AreFound_ByName_PartOfIt_AndSerialNumber()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse(isTls: false);
        var stranger = DistinguishedName.Parse("CN=B1,O=Domain B,C=GB");
        var own = await site.AddCertificateAsync(TestSite.A1);
        var other = await site.AddCertificateAsync(stranger, IssuedCertificate.Receive, days: 9);
        foreach (var (find, expected) in new[]
        {
            ("a1", own), (TestSite.A1.ToString(), own), (own, own), (own.ToUpperInvariant(), own), (string.Join(':', own.Chunk(2).Select(pair => new string(pair))), own),
            ("CN=B1,O=Domain B,C=GB", other), ($"0x{other}", other),
        })
        {
            var page = await browser.ReadAsync($"/certificates?find={Uri.EscapeDataString(find)}");
            Assert.Equal([expected], Serials().Matches(page).Select(match => match.Groups[1].Value));
        }

        Assert.Equal(2, Serials().Count(await browser.ReadAsync("/certificates"))); // what ends soon
        Assert.Contains("There is none.", await browser.ReadAsync("/certificates?find=nobody"), StringComparison.Ordinal);
        Assert.Contains("No name is as long", await browser.ReadAsync($"/certificates?find={new string('a', 2000)}"), StringComparison.Ordinal);
        Assert.Contains(own, await browser.ReadAsync("/certificates?page=0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LongTables_ComePageByPage()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse(isTls: false);
        var serials = new List<string>();
        for (var i = 0; i < 7; i++) serials.Add(await site.AddCertificateAsync(TestSite.A1, days: 2 + i));
        var found = new List<string>();
        var path = "/certificates?find=a1";
        for (var pages = 0; path.Length > 0 && pages < 9; pages++)
        {
            var page = await browser.ReadAsync(path);
            var shown = Serials().Matches(page).Select(match => match.Groups[1].Value).ToArray();
            Assert.InRange(shown.Length, 1, 3);
            found.AddRange(shown);
            path = WebUtility.HtmlDecode(Next().Match(page).Groups[1].Value);
        }

        Assert.Equal(serials.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Approvals_Show_WhatIsAskedFor_AndWhatWasDecided()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse(isTls: false);
        Assert.Contains("No request waits.", await browser.ReadAsync("/approvals"), StringComparison.Ordinal);
        await site.AskForKeyAsync("0123456789abcdef", TestSite.A1);
        var page = await browser.ReadAsync("/approvals");
        Assert.Contains("Case 0123456789abcdef", page, StringComparison.Ordinal);
        Assert.Contains($"Asked for by <bdi>{TestSite.Requester}</bdi>", page, StringComparison.Ordinal);
        Assert.Contains($"<bdi>{TestSite.A1}</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("0 of 2 approvals.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RevokedUsers_AndTheAudit_AreShown_WithItsCheck()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse(isTls: false);
        Assert.Contains("No user is revoked.", await browser.ReadAsync("/revoked"), StringComparison.Ordinal);
        Assert.True(await site.Cma.Administration.RevokeAsync(TestSite.A1, RevokeUserReason.KeyCompromise, Cancel));
        var revoked = await browser.ReadAsync("/revoked");
        Assert.Contains($"<bdi>{TestSite.A1}</bdi>", revoked, StringComparison.Ordinal);
        Assert.Contains("somebody else may have his keys", revoked, StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\"", revoked, StringComparison.Ordinal);
        var audit = await browser.ReadAsync("/audit?check=1");
        Assert.Contains("users.revoked", audit, StringComparison.Ordinal);
        Assert.Contains($"{await site.CountEntriesAsync()} entries, all as they were written.", audit, StringComparison.Ordinal);
        Assert.Contains((await site.Store.ReadAuditAsync(Cancel)).Head.ToString(), audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_OfAnyLength_IsReadAndChecked_InStretches()
    {
        CountingAudit counting = null!;
        await using var site = await TestSite.StartAsync(change: pages =>
        {
            var store = CountingAudit.Around(pages.Store);
            counting = (CountingAudit)(object)store;
            return pages with { Store = store, RowsPerPage = 50 };
        });
        using var browser = site.Browse(isTls: false);
        var before = await site.CountEntriesAsync();
        var now = DateTimeOffset.UtcNow;
        const int More = 45_000;
        foreach (var block in Enumerable.Range(1, More).Chunk(5_000))
            await site.Store.CommitAsync(UnitOfWork.Of([.. block.Select(number => new StoreChange.Audit(new AuditEntry(now, "a.b", "cn=a", $"entry {number}")))]), Cancel);
        var all = before + More;

        // A view reads what it shows.
        Assert.Contains($"{all} entries, the newest first", await browser.ReadAsync("/audit"), StringComparison.Ordinal);
        Assert.Equal(50, counting.Read);
        Assert.Contains($"entry {More - 50}<", await browser.ReadAsync("/audit?page=2"), StringComparison.Ordinal);
        var last = await browser.ReadAsync($"/audit?page={(all + 49) / 50}");
        Assert.DoesNotContain("rel=\"next\"", last, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">1</th>", last, StringComparison.Ordinal);
        Assert.Contains("There are no entries.", await browser.ReadAsync("/audit?page=1000000"), StringComparison.Ordinal);
        Assert.InRange(counting.Read, 101, 150);

        // And a check as many as it says, until all were checked.
        Assert.Contains("Entries 1 to 20000 are as they were written.", await browser.ReadAsync("/audit?check=1"), StringComparison.Ordinal);
        Assert.Contains("Entries 20001 to 40000 are as they were written.", await browser.ReadAsync("/audit?check=more"), StringComparison.Ordinal);
        var whole = await browser.ReadAsync("/audit?check=more");
        Assert.Contains($"{all} entries, all as they were written (those before 40001 were checked before).", whole, StringComparison.Ordinal);
        Assert.Contains($"{(await site.Store.ReadAuditAsync(Cancel)).Head}", whole, StringComparison.Ordinal);
        Assert.InRange(counting.Most, 50, 1_000);
    }

    [Theory]
    [InlineData("\\<script\\>alert(1)\\</script\\>", "\\&lt;script\\&gt;alert(1)\\&lt;/script\\&gt;")]
    [InlineData("\u202Egro.elpmaxe", "\\E2\\80\\AEgro.elpmaxe")]
    [InlineData("שלום", "שלום")]
    public async Task HostileNames_AreNothingButNames(string name, string expected)
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse(isTls: false);
        var user = DistinguishedName.Parse($"CN={name},O=Domain A,C=GB");
        await site.AddUserAsync(user);
        await site.AddCertificateAsync(user);
        await site.AskForKeyAsync("0123456789abcdef", user, user);
        await site.Cma.Administration.RevokeAsync(user, RevokeUserReason.Unspecified, Cancel);
        foreach (var path in new[] { $"/certificates?find={Uri.EscapeDataString(user.ToString())}", "/approvals", "/revoked", "/audit" })
        {
            var page = await browser.ReadAsync(path);
            Assert.Contains($"<bdi>CN={expected}", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("\u202E", page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("\u202E", await browser.ReadAsync($"/certificates?find={Uri.EscapeDataString(name)}"), StringComparison.Ordinal); // what was looked for
    }

    [Fact]
    public async Task VeryLongNames_DoNoHarm()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse(isTls: false);
        var cma = DistinguishedName.Parse($"CN={new string('x', 5000)},O=Domain X");
        await site.Cma.Peers.PutAsync(cma, PartyKinds.Cma, cancellationToken: Cancel);
        var now = DateTimeOffset.UtcNow;
        await site.Store.CommitAsync(UnitOfWork.Of(new StoreChange.PutKey(new StoredInteroperabilityKey("00", cma.Canonical, now, now.AddDays(400), new byte[40]))), Cancel);
        Assert.Contains(new string('x', 5000), await browser.ReadAsync("/"), StringComparison.Ordinal);
        var picture = System.Xml.Linq.XDocument.Parse(await browser.ReadAsync("/timeline.svg"));
        Assert.All(picture.Descendants().Where(element => element.Name.LocalName == "text"), text => Assert.InRange(text.Value.Length, 1, 60));
    }

    [GeneratedRegex("<code>([0-9a-f]+)</code>")]
    private static partial Regex Serials();

    [GeneratedRegex("href=\"([^\"]+)\" rel=\"next\"")]
    private static partial Regex Next();
}
