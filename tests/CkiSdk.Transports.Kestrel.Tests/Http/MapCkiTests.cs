using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using CkiSdk.Protocol;
using CkiSdk.Transports.Http;
using CkiSdk.Transports.Kestrel.Http;
using CkiSdk.Transports.Kestrel.Tests.Tcp;
using CkiSdk.Transports.Tests.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace CkiSdk.Transports.Kestrel.Tests.Http;

/// <summary>Shows the endpoint in an application's own host: beside other pages, and behind TLS that accepts more than it may.</summary>
public sealed class MapCkiTests
{
    private static readonly byte[] Request = [0x30, 0x00];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoint_Lives_BesideOtherPages()
    {
        var party = new ScriptedParty();
        await using var application = await StartAsync(party, listen => listen.UseCkiTls(TestAuthority.Server, Loopback.Trust));
        await using var client = HttpLoopback.Connect(EndPointOf(application));
        var answer = await client.ExchangeAsync(Request, Cancel);
        Assert.Equal((SecurityServices.All, TestAuthority.ServerName), (answer.Services, answer.Peer!.Name));
        Assert.Equal((SecurityServices.All, TestAuthority.ClientName), (party.Received.Single().Services, party.Received.Single().Sender!.Name));
        using var browser = Browser(withCertificate: true);
        Assert.Equal("a page", await browser.GetStringAsync(new Uri($"https://{EndPointOf(application)}/page"), Cancel));
    }

    [Fact]
    public async Task Client_WithoutACertificate_HasNoService_AndNoAnnouncements()
    {
        var party = new ScriptedParty();
        party.Announce(0x30, 0x01);
        await using var application = await StartAsync(party, listen => listen.UseHttps(TestAuthority.Server, https => https.ClientCertificateMode = ClientCertificateMode.AllowCertificate));
        using var browser = Browser(withCertificate: false);
        using var answer = await PostAsync(browser, application);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((SecurityServices.None, null), (party.Received.Single().Services, party.Received.Single().Sender));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(AddressOf(application), Cancel)).StatusCode);
        Assert.Empty(party.Askers);
    }

    [Theory]
    [InlineData("TLS 1.2", SslProtocols.Tls12, false)]
    [InlineData("a certificate of another authority", SslProtocols.Tls13, true)]
    public async Task Client_WhomTheApplicationAccepts_IsNotAcceptedFor(string row, SslProtocols protocols, bool isForeign)
    {
        var party = new ScriptedParty();
        await using var application = await StartAsync(party, listen => listen.UseHttps(TestAuthority.Server, https =>
        {
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.AllowAnyClientCertificate();
        }));
        using var browser = Browser(withCertificate: true, protocols, isForeign);
        using var answer = await PostAsync(browser, application);
        Assert.True(answer.StatusCode == (isForeign ? HttpStatusCode.Forbidden : HttpStatusCode.OK), row);
        Assert.All(party.Received, message => Assert.Equal((SecurityServices.None, null), (message.Services, message.Sender)));
    }

    [Fact]
    public async Task Client_WhomTheApplicationsTlsLetsThrough_IsAuthenticatedByTheEndpoint()
    {
        var party = new ScriptedParty();
        await using var application = await StartAsync(party, listen => listen.UseHttps(TestAuthority.Server, https =>
        {
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.AllowAnyClientCertificate();
        }));
        await using var client = HttpLoopback.Connect(EndPointOf(application));
        for (var i = 0; i < 2; i++) Assert.Equal(SecurityServices.All, (await client.ExchangeAsync(Request, Cancel)).Services);
        Assert.All(party.Received, message => Assert.Equal((SecurityServices.All, TestAuthority.ClientName), (message.Services, message.Sender!.Name)));
    }

    [Fact]
    public async Task Client_OfAnotherHandler_TakesNoAnswerForAuthenticated()
    {
        await using var application = await StartAsync(new ScriptedParty(), listen => listen.UseCkiTls(TestAuthority.Server, Loopback.Trust));
        using var browser = Browser(withCertificate: true);
        await using var client = new HttpCkiTransport(HttpLoopback.ClientOptions(EndPointOf(application)), () => browser);
        var answer = await client.ExchangeAsync(Request, Cancel);
        Assert.Equal((SecurityServices.None, null), (answer.Services, answer.Peer));
    }

    [Fact]
    public async Task Trace_Joins_TheClientAndTheParty()
    {
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name is CkiDiagnostics.ActivitySourceName or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(activities);
        using var source = new ActivitySource("test");
        Activity? handled = null;
        var party = new ScriptedParty
        {
            Results = message =>
            {
                handled = Activity.Current;
                return new HandlingResult.Answer(message.Octets);
            },
        };
        await using var listener = await HttpLoopback.ListenAsync(new CkiServer(party));
        await using var client = HttpLoopback.Connect(listener.EndPoint);
        using var asked = source.StartActivity("asked");
        await client.ExchangeAsync(Request, Cancel);
        Assert.Equal(("cki.handle", asked!.TraceId), (handled!.OperationName, handled.TraceId));
        Assert.NotEqual(asked.SpanId, handled.ParentSpanId);
    }

    private static async Task<WebApplication> StartAsync(IMessageHandler party, Action<ListenOptions> tls)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(new IPEndPoint(IPAddress.Loopback, 0), tls));
        var application = builder.Build();
        application.MapGet("/page", context => context.Response.WriteAsync("a page", Cancel));
        application.MapCki(party, new HttpServerOptions { Clients = Loopback.Trust });
        await application.StartAsync(Cancel);
        return application;
    }

    private static HttpClient Browser(bool withCertificate, SslProtocols protocols = SslProtocols.Tls13, bool isForeign = false)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.EnabledSslProtocols = protocols;
        handler.SslOptions.RemoteCertificateValidationCallback = (_, server, _, _) => server is not null;
        if (withCertificate) handler.SslOptions.ClientCertificates = [isForeign ? TestAuthority.Foreign.Certify(TestAuthority.ClientName) : TestAuthority.Client];
        return new HttpClient(handler);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, WebApplication application)
    {
        using var content = new ByteArrayContent(Request);
        content.Headers.ContentType = new MediaTypeHeaderValue(HttpMapping.MediaType);
        return await browser.PostAsync(AddressOf(application), content, Cancel);
    }

    private static Uri AddressOf(WebApplication application) => new($"https://{EndPointOf(application)}{HttpMapping.Path}");

    private static IPEndPoint EndPointOf(WebApplication application) => IPEndPoint.Parse(new Uri(application.Urls.Single()).Authority);
}
