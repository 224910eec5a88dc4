using System.Net;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Transports.Tests.Contract;
using CkiSdk.Web.Options;

namespace CkiSdk.Web.Tests;

/// <summary>Shows who reads the pages: whoever is at the machine, and over TLS operators and approvers alone; under the names of the pages.</summary>
public sealed class GateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a name that leads here", "evil.example")]
    [InlineData("the same with the port", "evil.example:80")]
    [InlineData("a longer name", "localhost.evil.example")]
    [InlineData("another address", "127.0.0.2")]
    public async Task OtherHosts_AreRefused(string what, string host)
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse(isTls: false);
        using var answer = await browser.GetAsync("/audit", ("Host", host));
        Assert.True(answer.StatusCode == HttpStatusCode.MisdirectedRequest, what);
        Assert.DoesNotContain("CMA A", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var known = await browser.GetAsync("/audit", ("Host", "LOCALHOST:8080"));
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("X-Forwarded-Proto")]
    [InlineData("x-forwarded-server")]
    [InlineData("X-Real-IP")]
    [InlineData("True-Client-IP")]
    [InlineData("x-cluster-client-ip")]
    [InlineData("CF-Connecting-IP")]
    [InlineData("Forwarded")]
    [InlineData("Via")]
    public async Task WhatIsRelayed_IsNotLocal(string header)
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse(isTls: false);
        using var answer = await browser.GetAsync("/", (header, "for=192.0.2.1"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task WithoutTls_EveryChangeIsRefused()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browse(isTls: false);
        await site.AskForKeyAsync("0123456789abcdef", TestSite.A1);
        var entries = await site.CountEntriesAsync();
        foreach (var path in new[] { "/revoke", "/restore", "/approve", "/refuse" })
        {
            using var answer = await browser.PostAsync(path, ("token", "x"), ("user", TestSite.A1.ToString()), ("reason", "unspecified"), ("case", "0123456789abcdef"), ("why", "because"));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Equal(entries, await site.CountEntriesAsync());
    }

    [Fact]
    public async Task OverTls_OperatorsAndApproversRead_AndNobodyElse()
    {
        await using var site = await TestSite.StartAsync(isTls: true);
        foreach (var (certificate, words) in new[] { (TestSite.Operator, ", operator."), (TestSite.First, ", approver.") })
        {
            using var browser = site.Browse(certificate);
            Assert.Contains(words, await browser.ReadAsync("/"), StringComparison.Ordinal);
        }

        using var user = site.Browse(TestAuthority.Client);
        using var answer = await user.GetAsync("/");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain("CMA A", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        foreach (var certificate in new X509Certificate2?[] { null, TestAuthority.Foreign.Certify(TestAuthority.PeerOf(TestSite.Operator).Name) })
        {
            using var stranger = site.Browse(certificate);
            await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync("/"));
        }
    }

    [Fact]
    public async Task ARevokedOperator_IsOneNoMore_OnAConnectionThatIsOpen()
    {
        await using var site = await TestSite.StartAsync(isTls: true);
        using var browser = site.Browse(TestSite.Operator);
        var name = TestAuthority.PeerOf(TestSite.Operator).Name;
        await site.AddUserAsync(name);
        await browser.ReadAsync("/");
        await site.Cma.Administration.RevokeAsync(name, RevokeUserReason.KeyCompromise, Cancel);
        using var answer = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task WithoutTls_NoOtherAddressIsListenedAt()
    {
        await using var site = await TestSite.StartAsync();
        var pages = new CmaPagesOptions { Cma = site.Cma, Store = site.Store, Certificates = [new ShownCertificate("cma", TestAuthority.Trusted.Anchor)] };
        await Assert.ThrowsAsync<ArgumentException>(() => CmaPagesHost.StartAsync(pages, new CmaPagesHostOptions { EndPoint = new IPEndPoint(IPAddress.Any, 0) }, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => CmaPagesHost.StartAsync(pages, new CmaPagesHostOptions { EndPoint = new IPEndPoint(IPAddress.Any, 0), Certificate = TestAuthority.Server }, Cancel));
    }

    [Fact]
    public async Task Pages_MayBe_BelowAPath()
    {
        await using var site = await TestSite.StartAsync(change: options => options with { Path = "/cma" });
        using var browser = site.Browse(isTls: false);
        var page = await browser.ReadAsync("/cma/");
        Assert.Contains("href=\"/cma/audit\"", page, StringComparison.Ordinal);
        Assert.Contains("src=\"/cma/timeline.svg\"", page, StringComparison.Ordinal);
        using var answer = await browser.GetAsync("/audit");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Operators_AreNames_AsTheyCompare()
    {
        await using var site = await TestSite.StartAsync(isTls: true, options => options with { Operators = [DistinguishedName.Parse("cn=OPERATOR,o=domain a,c=GB")] });
        using var browser = site.Browse(TestSite.Operator);
        Assert.Contains(", operator.", await browser.ReadAsync("/"), StringComparison.Ordinal);
    }
}
