using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Web.Tests;

/// <summary>Reads pages and sends the forms that stand in them.</summary>
internal sealed partial class TestBrowser : IDisposable
{
    private readonly HttpClient _client;

    public TestBrowser(Uri address, X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetRawCertData().SequenceEqual(TestAuthority.Server.RawData) == true;
        if (certificate is not null) handler.SslOptions.ClientCertificates = [certificate];
        _client = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task<string> ReadAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    public async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, headers);
    }

    public async Task<HttpResponseMessage> PostAsync(string path, HttpContent content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        return await SendAsync(request, headers);
    }

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>Sends a form with the token that a page has for it.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string path, params (string Name, string Value)[] fields) =>
        await PostAsync(path, [("token", await TokenAsync(page, path)), .. fields]);

    /// <summary>Takes the token for a form out of a page.</summary>
    public async Task<string> TokenAsync(string page, string path)
    {
        var form = Forms().Matches(await ReadAsync(page)).First(form => form.Value.Contains($"action=\"{path}\"", StringComparison.Ordinal));
        return Tokens().Match(form.Value).Groups[1].Value;
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await _client.SendAsync(request, Cancel);
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("name=\"token\" value=\"([^\"]+)\"")]
    private static partial Regex Tokens();
}
