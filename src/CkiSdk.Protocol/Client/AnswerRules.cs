using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Client;

/// <summary>Checks the headers of what a CMA sends: that it is from the CMA, for this user, and belongs to the request (profile section 4).</summary>
internal sealed class AnswerRules(DistinguishedName me, DistinguishedName cma, TimeSpan tolerance, TimeProvider time)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    /// <summary>Checks the header of an answer.</summary>
    public void CheckAnswer(PKIHeader answer, PKIHeader request, DeliveredMessage delivered)
    {
        CheckParties(answer, delivered);
        if (answer.TransactionID != request.TransactionID)
        {
            throw new CkiProtocolException("header.transactionID: it is not that of the request (CKI Part 2 ¶14).");
        }

        if (answer.RecipNonce != request.SenderNonce)
        {
            throw new CkiProtocolException(PKIFailureInfo.BadMessageCheck, "header.recipNonce: it is not the nonce of the request (profile section 4).");
        }

        CheckTime(answer);
    }

    /// <summary>Checks the header of an announcement of a key, which must have had all services (CKI Part 2 ¶71).</summary>
    public void CheckKeyAnnouncement(PKIHeader header, DeliveredMessage delivered)
    {
        if (delivered.Services != SecurityServices.All)
        {
            throw new CkiProtocolException("message: an announcement of a key needs origin authentication, integrity and confidentiality (CKI Part 2 ¶71).");
        }

        CheckParties(header, delivered);
        if (header.RecipNonce is not null)
        {
            throw new CkiProtocolException(PKIFailureInfo.BadMessageCheck, "header.recipNonce: an announcement has none (profile section 4).");
        }

        CheckTime(header);
    }

    private void CheckParties(PKIHeader header, DeliveredMessage delivered)
    {
        if (delivered.Sender is { } peer && !peer.Name.Equals(cma))
        {
            throw new CkiProtocolException($"message: the transport authenticated {peer.Name}, not the CMA {cma} (profile section 4).");
        }

        if (MessageReader.DirectoryName(header.Sender) is not { } sender || !sender.Equals(cma))
        {
            throw new CkiProtocolException($"header.sender: it is not the CMA {cma} (profile section 4).");
        }

        if (MessageReader.DirectoryName(header.Recipient) is not { } recipient || !recipient.Equals(me))
        {
            throw new CkiProtocolException($"header.recipient: it is not {me} (profile section 4).");
        }
    }

    /// <summary>The times of messages with keys and certificates rise strictly per sender (profile section 4, Order).</summary>
    private void CheckTime(PKIHeader header)
    {
        if (header.MessageTime is not { } messageTime)
        {
            throw new CkiProtocolException(PKIFailureInfo.BadMessageCheck, "header.messageTime: it is missing (profile section 4).");
        }

        var sent = messageTime.ToDateTimeOffset();
        if (sent > time.GetUtcNow() + tolerance)
        {
            throw new CkiProtocolException(PKIFailureInfo.BadMessageCheck, $"header.messageTime: {messageTime} lies in the future (profile section 4).");
        }

        lock (_gate)
        {
            if (sent <= _last)
            {
                throw new CkiProtocolException(PKIFailureInfo.BadMessageCheck, $"header.messageTime: {messageTime} is not after that of the message before (profile section 4).");
            }

            _last = sent;
        }
    }
}
