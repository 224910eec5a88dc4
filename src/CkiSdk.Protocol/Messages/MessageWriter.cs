using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol.Messages;

/// <summary>Builds messages of one sender by the rules of the profile's section 4: fresh nonces, transaction identifiers of 16 random octets.</summary>
/// <param name="sender">The sender's name.</param>
/// <param name="random">The source of nonces.</param>
public sealed class MessageWriter(DistinguishedName sender, IRandomSource random)
{
    /// <summary>The length of nonces and transaction identifiers, in octets.</summary>
    public const int NonceLength = 16;

    private const int MostRepeated = 64;

    private readonly DrawnAhead _random = new(random);

    /// <summary>Builds a message that begins a transaction: a request or an announcement.</summary>
    /// <param name="recipient">To whom it goes.</param>
    /// <param name="body">The body.</param>
    /// <param name="messageTime">When it is made.</param>
    /// <param name="transactionId">The transaction's identifier to use again; null for a new one.</param>
    public PKIMessage Begin(DistinguishedName recipient, PKIBody body, DateTimeOffset messageTime, OctetString? transactionId = null)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        return new PKIMessage { Header = Header(recipient, messageTime, transactionId ?? Nonce()), Body = body };
    }

    /// <summary>Makes a message that was built before one of now; its transaction and its nonce stay.</summary>
    /// <param name="message">The message.</param>
    /// <param name="messageTime">The present.</param>
    public static PKIMessage Restamp(PKIMessage message, DateTimeOffset messageTime)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message with { Header = message.Header with { MessageTime = GeneralizedTime.From(messageTime, 7) } };
    }

    /// <summary>Builds the answer to a request.</summary>
    /// <param name="request">The request's header.</param>
    /// <param name="body">The body.</param>
    /// <param name="messageTime">When the answer is made.</param>
    /// <param name="text">A text for people; null for none.</param>
    /// <param name="recipient">The authenticated peer, to whom the answer goes; null where nobody was authenticated: then it is whoever the request says.</param>
    public PKIMessage Answer(PKIHeader request, PKIBody body, DateTimeOffset messageTime, string? text = null, DistinguishedName? recipient = null) =>
        new() { Header = AnswerHeader(request, messageTime, text, recipient), Body = body };

    /// <summary>Encodes the answer to a request whose body is encoded already.</summary>
    /// <param name="request">The request's header.</param>
    /// <param name="body">The DER of the body.</param>
    /// <param name="messageTime">When the answer is made.</param>
    /// <param name="text">A text for people; null for none.</param>
    /// <param name="recipient">The authenticated peer, to whom the answer goes; null where nobody was authenticated: then it is whoever the request says.</param>
    public byte[] EncodeAnswer(PKIHeader request, ReadOnlyMemory<byte> body, DateTimeOffset messageTime, string? text = null, DistinguishedName? recipient = null) =>
        Der.Encode((Header: AnswerHeader(request, messageTime, text, recipient), Body: body), static (ref writer, message) =>
        {
            var mark = writer.Length;
            writer.WriteRaw(message.Body.Span);
            message.Header.Encode(ref writer);
            writer.End(Tag.Sequence, mark);
        });

    private PKIHeader AnswerHeader(PKIHeader request, DateTimeOffset messageTime, string? text, DistinguishedName? recipient)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new PKIHeader
        {
            Pvno = MessageReader.Version,
            Sender = new GeneralName.DirectoryName(sender.Name),
            Recipient = recipient is null ? request.Sender : new GeneralName.DirectoryName(recipient.Name),
            MessageTime = GeneralizedTime.From(messageTime, 7),
            TransactionID = Repeated(request.TransactionID),
            SenderNonce = Nonce(),
            RecipNonce = Repeated(request.SenderNonce),
            FreeText = text is null ? null : FreeText.From(text),
        };
    }

    private PKIHeader Header(DistinguishedName recipient, DateTimeOffset messageTime, OctetString? transactionId) => new()
    {
        Pvno = MessageReader.Version,
        Sender = new GeneralName.DirectoryName(sender.Name),
        Recipient = new GeneralName.DirectoryName(recipient.Name),
        MessageTime = GeneralizedTime.From(messageTime, 7),
        TransactionID = transactionId,
        SenderNonce = Nonce(),
    };

    /// <summary>Refuses to repeat what is far too long to be right, so that no answer grows with its request.</summary>
    private static OctetString? Repeated(OctetString? value) => value is { Length: <= MostRepeated } ? value : null;

    private OctetString Nonce() => _random.Octets(NonceLength);
}
