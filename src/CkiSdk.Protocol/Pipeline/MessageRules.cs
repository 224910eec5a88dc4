using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Checks sender, services and header of a message (profile sections 3 and 4), the same for all bodies.</summary>
internal sealed class MessageRules(DistinguishedName me, MessagePolicy policy, TimeProvider time)
{
    /// <summary>Checks a message.</summary>
    /// <returns>Why it is refused; null where it may go on.</returns>
    public Rejection? Check(PKIMessage message, BodyRow row, DeliveredMessage delivered)
    {
        var header = message.Header;
        var required = row.Services ?? policy.RequiredOfRequests;
        if (delivered.Sender is null)
        {
            return Refuse(PKIFailureInfo.UnauthorisedAccess, "message", "its origin is not authenticated", $"{row.ServicesParagraph}, profile section 3", "Send it over a transport that authenticates you.");
        }

        if (!delivered.Services.HasFlag(required))
        {
            return Refuse(PKIFailureInfo.UnauthorisedAccess, "message", $"it had {delivered.Services}, not {required}", $"{row.ServicesParagraph}, profile section 3", "Send it over a transport that protects it so.");
        }

        // What answers goes back the same way: a key is not asked for where it could not be sent.
        if (row.Answer is { } answer && Bodies.Rows[answer] is { Services: { } ofAnswer } answering && !delivered.Services.HasFlag(ofAnswer))
        {
            return Refuse(PKIFailureInfo.UnauthorisedAccess, "message", $"it had {delivered.Services}, and the answer needs {ofAnswer}", $"{answering.ServicesParagraph}, profile section 3", "Send it over a transport that keeps what it carries confidential.");
        }

        if (!MessageReader.Is(header.Sender, delivered.Sender.Name))
        {
            return Refuse(PKIFailureInfo.UnauthorisedAccess, "header.sender", "it is not the name that the transport authenticated", "profile section 4", "Send under your own name.");
        }

        if (!MessageReader.Is(header.Recipient, me))
        {
            return Refuse(PKIFailureInfo.InvalidRequestParameters, "header.recipient", $"it is not {me}", "profile section 4", "Address the message to this party.");
        }

        if (message.Protection is not null || header.ProtectionAlg is not null)
        {
            return Refuse(PKIFailureInfo.BadMessageCheck, "protection", "the CKI does not use it", "CKI Part 2 ¶18, profile section 4", "Leave protection and protectionAlg out.");
        }

        return CheckTransaction(header, row.Kind) ?? CheckTime(header, isNeeded: row.Kind != BodyKind.Request || message.Body is PKIBody.CkiPrr);
    }

    private static Rejection? CheckTransaction(PKIHeader header, BodyKind kind)
    {
        if (header.TransactionID is not { Length: MessageWriter.NonceLength })
        {
            return Refuse(PKIFailureInfo.InvalidRequestParameters, "header.transactionID", $"it has {header.TransactionID?.Length ?? 0} octets, not 16", "profile section 4", "Use 16 random octets.");
        }

        if (header.SenderNonce is not { Length: MessageWriter.NonceLength })
        {
            return Refuse(PKIFailureInfo.InvalidRequestParameters, "header.senderNonce", $"it has {header.SenderNonce?.Length ?? 0} octets, not 16", "profile section 4", "Use 16 random octets.");
        }

        return kind == BodyKind.Answer || header.RecipNonce is null
            ? null
            : Refuse(PKIFailureInfo.BadMessageCheck, "header.recipNonce", "only an answer has one", "profile section 4", "Leave recipNonce out.");
    }

    // Messages that carry keys, lists or certificates have a time (profile section 4, Order); for other requests mail and file alone demand it.
    // What waits for its recipient for long is made anew by its sender.
    private Rejection? CheckTime(PKIHeader header, bool isNeeded)
    {
        if (header.MessageTime?.ToDateTimeOffset() is not { } sent)
        {
            return isNeeded ? Refuse(PKIFailureInfo.BadMessageCheck, "header.messageTime", "it is missing", "profile section 4", "Say when the message was made.") : null;
        }

        var now = time.GetUtcNow();
        if (sent > now + policy.ClockTolerance)
        {
            return Refuse(PKIFailureInfo.BadMessageCheck, "header.messageTime", $"{sent:u} lies in the future", "profile section 4", "Set your clock.");
        }

        return sent < now - policy.ReplayWindow
            ? Refuse(PKIFailureInfo.BadMessageCheck, "header.messageTime", $"{sent:u} is too long ago", "profile section 4", "Make it anew.")
            : null;
    }

    private static Rejection Refuse(PKIFailureInfo failure, string field, string value, string paragraph, string nextStep) =>
        new(failure, field, value, paragraph, nextStep);
}
