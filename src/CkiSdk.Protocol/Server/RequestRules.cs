using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Server;

/// <summary>Checks a request's header, its sender and the services that it had, before anybody looks at what it asks for (profile sections 3 and 4).</summary>
internal sealed class RequestRules(DistinguishedName me, CmaOptions options, TimeProvider time)
{
    /// <summary>Returns why the request is refused; null where it is in order.</summary>
    /// <param name="message">The request.</param>
    /// <param name="delivered">How it came.</param>
    public Rejection? Check(PKIMessage message, DeliveredMessage delivered)
    {
        var header = message.Header;
        if (delivered.Sender is null)
        {
            return Refuse(PKIFailureInfo.UnauthorisedAccess, "message", "its origin is not authenticated", "CKI Part 2 ¶83, profile section 3", "Send it over a transport that authenticates you.");
        }

        if ((delivered.Services & options.RequiredOfRequests) != options.RequiredOfRequests)
        {
            return Refuse(PKIFailureInfo.UnauthorisedAccess, "message", $"it had {delivered.Services}, not {options.RequiredOfRequests}", "CKI Part 2 ¶83, profile section 3", "Send it over a transport that protects it so.");
        }

        if (MessageReader.DirectoryName(header.Sender) is not { } sender || !sender.Equals(delivered.Sender.Name))
        {
            return Refuse(PKIFailureInfo.UnauthorisedAccess, "header.sender", "it is not the name that the transport authenticated", "profile section 4", "Send under your own name.");
        }

        if (MessageReader.DirectoryName(header.Recipient) is not { } recipient || !recipient.Equals(me))
        {
            return Refuse(PKIFailureInfo.InvalidRequestParameters, "header.recipient", $"it is not {me}", "profile section 4", "Address the message to this CMA.");
        }

        if (message.Protection is not null || header.ProtectionAlg is not null)
        {
            return Refuse(PKIFailureInfo.BadMessageCheck, "protection", "the CKI does not use it", "CKI Part 2 ¶18, profile section 4", "Leave protection and protectionAlg out.");
        }

        return CheckTransaction(header) ?? CheckTime(header);
    }

    private static Rejection? CheckTransaction(PKIHeader header)
    {
        if (header.TransactionID is not { Length: MessageWriter.NonceLength })
        {
            return Refuse(PKIFailureInfo.InvalidRequestParameters, "header.transactionID", $"it has {header.TransactionID?.Length ?? 0} octets, not 16", "profile section 4", "Use 16 random octets.");
        }

        if (header.SenderNonce is not { Length: MessageWriter.NonceLength })
        {
            return Refuse(PKIFailureInfo.InvalidRequestParameters, "header.senderNonce", $"it has {header.SenderNonce?.Length ?? 0} octets, not 16", "profile section 4", "Use 16 random octets.");
        }

        return header.RecipNonce is null
            ? null
            : Refuse(PKIFailureInfo.BadMessageCheck, "header.recipNonce", "a request has none", "profile section 4", "Leave recipNonce out.");
    }

    private Rejection? CheckTime(PKIHeader header)
    {
        if (header.MessageTime?.ToDateTimeOffset() is not { } sent)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (sent > now + options.ClockTolerance)
        {
            return Refuse(PKIFailureInfo.BadMessageCheck, "header.messageTime", $"{sent:u} lies in the future", "profile section 4", "Set your clock.");
        }

        return sent < now - options.ReplayWindow
            ? Refuse(PKIFailureInfo.BadMessageCheck, "header.messageTime", $"{sent:u} is too long ago", "profile section 4", "Make a new request.")
            : null;
    }

    private static Rejection Refuse(PKIFailureInfo failure, string field, string value, string paragraph, string nextStep) =>
        new(failure, field, value, paragraph, nextStep);
}
