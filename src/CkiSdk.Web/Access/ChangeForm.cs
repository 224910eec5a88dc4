using CkiSdk.Web.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CkiSdk.Web.Access;

/// <summary>Is a form that was sent: each field is there once, and none is larger than it may be.</summary>
internal sealed class ChangeForm
{
    /// <summary>The name of the field with the antiforgery token.</summary>
    public const string TokenField = "token";

    /// <summary>The name of the field that says why.</summary>
    public const string ReasonField = "why";

    /// <summary>How many characters the text that says why may have.</summary>
    public const int LongestReason = 300;

    /// <summary>How many octets a form may have.</summary>
    public const int LargestForm = 16 * 1024;

    private static readonly FormOptions Limits = new() { ValueCountLimit = 8, KeyLengthLimit = 32, ValueLengthLimit = 4096, BufferBody = false };
    private readonly IFormCollection _fields;

    private ChangeForm(IFormCollection fields) => _fields = fields;

    /// <summary>Gets why it is to be done.</summary>
    public string Reason => this[ReasonField].Trim();

    /// <summary>Gets a field; empty where it is missing or there more than once.</summary>
    /// <param name="name">Its name.</param>
    public string this[string name] => _fields.TryGetValue(name, out var values) && values is [{ } value] ? value : "";

    /// <summary>Reads the form of a request.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The form; where it is none, the state of the answer and why.</returns>
    public static async Task<(ChangeForm? Form, int Status, string? Words)> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentType is not { } type || !type.Split(';')[0].Trim().Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return (null, StatusCodes.Status415UnsupportedMediaType, "A change is sent as a form.");
        }

        if (request.ContentLength > LargestForm)
        {
            return (null, StatusCodes.Status413PayloadTooLarge, "The form is too large.");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = LargestForm;
        }

        try
        {
            return (new ChangeForm(await new FormFeature(request, Limits).ReadFormAsync(context.RequestAborted).ConfigureAwait(false)), 0, null);
        }
        catch (BadHttpRequestException exception)
        {
            return (null, exception.StatusCode, "The form is too large, or came in pieces that do not fit.");
        }
        catch (InvalidDataException)
        {
            return (null, StatusCodes.Status400BadRequest, "The form has too many fields, or one that is too long.");
        }
    }

    /// <summary>Tells what is wrong with the text that says why; null where nothing is.</summary>
    public string? FindReasonFault() => Reason.Length == 0 ? "Say why: the audit log keeps it."
        : Reason.Length > LongestReason ? $"The reason has more than {LongestReason} characters."
        : VisibleText.IsVisibleText(Reason) ? null
        : "The reason has characters that are not seen.";
}
