using System.Net.Mime;
using System.Text;
using CkiSdk.Storage;
using CkiSdk.Web.Access;
using CkiSdk.Web.Changes;
using CkiSdk.Web.Html;
using CkiSdk.Web.Options;
using CkiSdk.Web.Pages;
using CkiSdk.Web.State;
using Microsoft.AspNetCore.Http;

namespace CkiSdk.Web;

/// <summary>Answers the requests for the pages: the gate first, then the page or the change.</summary>
internal sealed class CmaSite
{
    private const string Html = "text/html; charset=utf-8";
    private readonly CmaPagesOptions _options;
    private readonly Gate _gate;
    private readonly FormTokens _tokens;
    private readonly StateReader _state;
    private readonly PageFrame _frame;

    /// <summary>Makes the site.</summary>
    /// <param name="options">The configuration.</param>
    public CmaSite(CmaPagesOptions options)
    {
        _options = options;
        _gate = new Gate(options);
        _tokens = new FormTokens(options.Time);
        _state = new StateReader(options);
        Pages = [new OverviewPage(options, _state), new CertificatesPage(options, new CertificateSearch(options)), new ApprovalsPage(options), new RevokedPage(options), new AuditPage(options, new AuditCheck(options.Store, new SemaphoreSlim(1)))];
        Changes = new CmaChanges(options).All;
        _frame = new PageFrame(Name.ToString(), [.. Pages.Select(page => (page.Path, page.Title))]);
    }

    /// <summary>Gets the pages.</summary>
    public IReadOnlyList<Page> Pages { get; }

    /// <summary>Gets what forms change.</summary>
    public IReadOnlyList<Change> Changes { get; }

    private Pki.Names.DistinguishedName Name => _options.Certificates[0].Certificate.Subject;

    /// <summary>Shows a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="page">The page.</param>
    public Task ShowAsync(HttpContext context, Page page) => AdmitAsync(context, async visitor =>
    {
        var names = await KnownNames.ReadAsync(Name, _options.Store, context.RequestAborted).ConfigureAwait(false);
        var body = await page.BodyAsync(new PageRequest(context, visitor, RootOf(context), names, _tokens, _options.Time.GetUtcNow())).ConfigureAwait(false);
        await WriteAsync(context, StatusCodes.Status200OK, Html, _frame.Make(RootOf(context), page.Path, page.Title, visitor, body)).ConfigureAwait(false);
    });

    /// <summary>Shows the timeline.</summary>
    /// <param name="context">The request.</param>
    public Task ShowTimelineAsync(HttpContext context) => AdmitAsync(context, async _ =>
    {
        var names = await KnownNames.ReadAsync(Name, _options.Store, context.RequestAborted).ConfigureAwait(false);
        var periods = await _state.ReadAsync(names, context.RequestAborted).ConfigureAwait(false);
        await WriteAsync(context, StatusCodes.Status200OK, MediaTypeNames.Image.Svg, TimelinePicture.Draw(periods, _options.Time.GetUtcNow())).ConfigureAwait(false);
    });

    /// <summary>Shows the style sheet.</summary>
    /// <param name="context">The request.</param>
    public Task ShowStyleAsync(HttpContext context) => AdmitAsync(context, _ => WriteAsync(context, StatusCodes.Status200OK, "text/css; charset=utf-8", StyleSheet.Text));

    /// <summary>Does what a form asks for.</summary>
    /// <param name="context">The request.</param>
    /// <param name="change">What.</param>
    public Task ChangeAsync(HttpContext context, Change change) => AdmitAsync(context, async visitor =>
    {
        if (await FindRefusalAsync(context, change, visitor).ConfigureAwait(false) is { } refusal)
        {
            await RefuseAsync(context, refusal.Status, refusal.Words, visitor).ConfigureAwait(false);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = $"{RootOf(context)}{change.ReturnsTo}";
    });

    private async Task<Refusal?> FindRefusalAsync(HttpContext context, Change change, Visitor visitor)
    {
        if (visitor.Peer is not { } peer)
        {
            return new Refusal(StatusCodes.Status403Forbidden, "Changes need TLS and your certificate.");
        }

        if (!change.IsAllowed(visitor))
        {
            return new Refusal(StatusCodes.Status403Forbidden, "This is not for you to do.");
        }

        // Browsers say it where they know it; the token decides where they do not.
        if (context.Request.Headers.TryGetValue("Sec-Fetch-Site", out var site) && site != "same-origin")
        {
            return new Refusal(StatusCodes.Status403Forbidden, "The form is not from these pages.");
        }

        var (form, status, words) = await ChangeForm.ReadAsync(context).ConfigureAwait(false);
        if (form is null)
        {
            return new Refusal(status, words!);
        }

        if (!_tokens.IsValid(peer, change.Path, form[ChangeForm.TokenField]))
        {
            return new Refusal(StatusCodes.Status403Forbidden, "The form is not from these pages, or is older than a day. Load the page anew and try again.");
        }

        return form.FindReasonFault() is { } fault
            ? new Refusal(StatusCodes.Status400BadRequest, fault)
            : await change.DoAsync(peer, form, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task AdmitAsync(HttpContext context, Func<Visitor, Task> serve)
    {
        SetHeaders(context.Response.Headers);
        var (visitor, status, words) = await _gate.FindAsync(context).ConfigureAwait(false);
        await (visitor is null ? RefuseAsync(context, status, words!, visitor: null) : serve(visitor)).ConfigureAwait(false);
    }

    private Task RefuseAsync(HttpContext context, int status, string words, Visitor? visitor) => WriteAsync(
        context, status, Html, _frame.Make(RootOf(context), path: null, "Not done", visitor, HtmlNode.Element("p", words).With("role", "alert").With("class", "bad")));

    private string RootOf(HttpContext context) => $"{context.Request.PathBase.ToUriComponent()}{_options.Path.TrimEnd('/')}";

    private static async Task WriteAsync(HttpContext context, int status, string type, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = octets.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(octets, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}
