using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;

namespace CkiSdk.Protocol.Client;

/// <summary>Checks the headers of what a CMA sends: that it is from the CMA, for this user, and belongs to the request (profile section 4).</summary>
internal sealed class AnswerRules(DistinguishedName me, DistinguishedName cma, TimeSpan tolerance, TimeSpan replayWindow, TimeProvider time)
{
    private readonly MessageOrder _answers = new(DateTimeOffset.MinValue);
    private readonly MessageOrder _announcements = new(DateTimeOffset.MinValue);

    /// <summary>Begins the order in which answers to one request come: after all that were taken until now.</summary>
    public MessageOrder BeginAnswers() => new(_answers.Last);

    /// <summary>Gets the time of the answer taken last.</summary>
    public DateTimeOffset LastAnswer => _answers.Last;

    /// <summary>Gets the time of the announcement taken last.</summary>
    public DateTimeOffset LastAnnouncement => _announcements.Last;

    /// <summary>Takes the times of an earlier run back.</summary>
    public void Restore(DateTimeOffset lastAnswer, DateTimeOffset lastAnnouncement)
    {
        _answers.Restore(lastAnswer);
        _announcements.Restore(lastAnnouncement);
    }

    /// <summary>Checks the header of an answer.</summary>
    public void CheckAnswer(PKIMessage answer, PKIHeader request, MessageOrder order, DeliveredMessage delivered)
    {
        CheckServices(answer.Body, BodyKind.Answer, delivered);
        CheckParties(answer, delivered);
        if (answer.Header.TransactionID != request.TransactionID)
        {
            throw new CkiProtocolException("header.transactionID: it is not that of the request (CKI Part 2 ¶14).");
        }

        if (answer.Header.RecipNonce != request.SenderNonce)
        {
            throw new CkiProtocolException(PKIFailureInfo.BadMessageCheck, "header.recipNonce: it is not the nonce of the request (profile section 4).");
        }

        order.Check(ReadTime(answer.Header));
    }

    /// <summary>Notes that an answer was right in everything.</summary>
    public void TakeAnswer(PKIMessage answer, MessageOrder order, DeliveredMessage delivered)
    {
        var sent = ReadTime(answer.Header);
        order.Take(sent);
        if (IsAuthenticated(delivered))
        {
            _answers.Raise(sent);
        }
    }

    /// <summary>Checks who sent an announcement, and that it had the services that its body needs (profile section 3).</summary>
    public void CheckAnnouncement(PKIMessage announcement, DeliveredMessage delivered)
    {
        CheckServices(announcement.Body, BodyKind.Announcement, delivered);
        CheckParties(announcement, delivered);
        if (announcement.Header.RecipNonce is not null)
        {
            throw new CkiProtocolException(PKIFailureInfo.BadMessageCheck, "header.recipNonce: an announcement has none (profile section 4).");
        }

        CheckLength("transactionID", announcement.Header.TransactionID?.Length);
        _ = ReadTime(announcement.Header);
    }

    /// <summary>Checks that an announcement is newer than the one before.</summary>
    public void CheckAnnouncementOrder(PKIMessage announcement) => _announcements.Check(ReadTime(announcement.Header));

    /// <summary>Notes that an announcement was right in everything.</summary>
    public void TakeAnnouncement(PKIMessage announcement, DeliveredMessage delivered)
    {
        var sent = ReadTime(announcement.Header);
        if (IsAuthenticated(delivered))
        {
            _announcements.Take(sent);
        }
        else
        {
            _announcements.Check(sent);
        }
    }

    /// <summary>Tells whether the CMA has sent a message, and just so. Others may write into those of which that is not known: the certificates and lists in them speak for themselves, but their times move nothing, so that genuine ones do not look old.</summary>
    public static bool IsAuthenticated(DeliveredMessage delivered) =>
        delivered.Sender is not null && delivered.Services.HasFlag(SecurityServices.OriginAuthentication | SecurityServices.Integrity);

    private static void CheckServices(PKIBody body, BodyKind kind, DeliveredMessage delivered)
    {
        if (Bodies.Find(body) is not { } row || row.Kind != kind || !Authorisation.Serves(Role.UserAgent, row.Body))
        {
            throw new CkiProtocolException($"body: {body.GetType().Name} is no {kind} for a user (CKI Part 2 ¶11, ¶16).");
        }

        var required = row.Services ?? SecurityServices.None;
        if (!delivered.Services.HasFlag(required) || (required != SecurityServices.None && delivered.Sender is null))
        {
            throw new CkiProtocolException($"message: {row.Name} needs {required}, and it had {delivered.Services} from {delivered.Sender?.Name.ToString() ?? "nobody"} ({row.ServicesParagraph}).");
        }
    }

    private void CheckParties(PKIMessage message, DeliveredMessage delivered)
    {
        if (delivered.Sender is { } peer && !peer.Name.Equals(cma))
        {
            throw new CkiProtocolException($"message: the transport authenticated {peer.Name}, not the CMA {cma} (profile section 4).");
        }

        if (!MessageReader.Is(message.Header.Sender, cma))
        {
            throw new CkiProtocolException($"header.sender: it is not the CMA {cma} (profile section 4).");
        }

        if (!MessageReader.Is(message.Header.Recipient, me))
        {
            throw new CkiProtocolException($"header.recipient: it is not {me} (profile section 4).");
        }

        if (message.Protection is not null || message.Header.ProtectionAlg is not null)
        {
            throw new CkiProtocolException(PKIFailureInfo.BadMessageCheck, "protection: the CKI does not use it (CKI Part 2 ¶18, profile section 4).");
        }

        CheckLength("senderNonce", message.Header.SenderNonce?.Length);
    }

    private static void CheckLength(string field, int? length)
    {
        if (length != MessageWriter.NonceLength)
        {
            throw new CkiProtocolException($"header.{field}: it has {length ?? 0} octets, not {MessageWriter.NonceLength} (profile section 4).");
        }
    }

    private DateTimeOffset ReadTime(PKIHeader header)
    {
        if (header.MessageTime is not { } messageTime)
        {
            throw new CkiProtocolException(PKIFailureInfo.BadMessageCheck, "header.messageTime: it is missing (profile section 4).");
        }

        var (sent, now) = (messageTime.ToDateTimeOffset(), time.GetUtcNow());
        return sent > now + tolerance ? throw new CkiProtocolException(PKIFailureInfo.BadMessageCheck, $"header.messageTime: {sent:u} lies in the future (profile section 4).")
            : sent < now - replayWindow ? throw new CkiProtocolException(PKIFailureInfo.BadMessageCheck, $"header.messageTime: {sent:u} is too long ago (profile section 4).")
            : sent;
    }
}
