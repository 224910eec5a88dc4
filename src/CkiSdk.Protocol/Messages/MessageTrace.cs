using System.Diagnostics;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;

namespace CkiSdk.Protocol.Messages;

/// <summary>Lets a trace go on with a request, whatever carries it: freeText of a request is a traceparent of W3C Trace Context (profile section 4).</summary>
/// <remarks>It says nothing about a request but with which others it belongs together, and counts for nothing but traces. A request that nobody records has none.</remarks>
public static class MessageTrace
{
    private const string Prefix = "traceparent=";
    private const int Length = 55;

    /// <summary>Writes the activity of the caller into a request, if it is one that is recorded.</summary>
    /// <param name="request">The request.</param>
    public static PKIMessage Stamp(PKIMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Activity.Current is { IdFormat: ActivityIdFormat.W3C, Recorded: true, Id.Length: Length } activity && request.Header.FreeText is null
            ? request with { Header = request.Header with { FreeText = FreeText.From(Prefix + activity.Id) } }
            : request;
    }

    /// <summary>Reads with which activity a request belongs together; null where it does not say, or is no message.</summary>
    /// <param name="octets">The DER of a PKIMessage.</param>
    public static ActivityContext? Read(ReadOnlyMemory<byte> octets)
    {
        try
        {
            return PKIMessage.TryDecode(octets, out var message) ? Read(message.Header) : null;
        }
        catch (DerException)
        {
            // Elements that are decoded when they are looked at; whoever handles the message says what is wrong with it.
            return null;
        }
    }

    private static ActivityContext? Read(PKIHeader header) =>
        header.FreeText is PKIFreeText.IA5String && FreeText.Read(header.FreeText) is { Length: var length } text && length == Prefix.Length + Length
            && text.StartsWith(Prefix, StringComparison.Ordinal) && ActivityContext.TryParse(text[Prefix.Length..], null, isRemote: true, out var context)
                ? context
                : null;
}
