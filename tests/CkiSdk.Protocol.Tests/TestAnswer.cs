using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Tests;

/// <summary>An answer of the CMA to a request for a send certificate, taken apart.</summary>
internal sealed record TestAnswer(ReadOnlyMemory<byte> Octets, PKIMessage Message, CKISendCertRepContent Content)
{
    public PKIStatus Status => Content.Status.Status;

    public string Text => FreeText.Read(Message.Header.FreeText);

    public byte[] Body => Message.Body.Encode();

    public DateTimeOffset MessageTime => Message.Header.MessageTime!.Value.ToDateTimeOffset();

    public Certificate Certificate
    {
        get
        {
            Assert.NotNull(Content.SendCertificate);
            return Certificate.From(Content.SendCertificate);
        }
    }

    public static TestAnswer Read(HandlingResult result)
    {
        var octets = Assert.IsType<HandlingResult.Answer>(result).Message;
        var message = PKIMessage.Decode(octets);
        return new TestAnswer(octets, message, Assert.IsType<PKIBody.CkiSCrp>(message.Body).Value);
    }

    /// <summary>Asserts a refusal: its one bit, and that the text names field and paragraph.</summary>
    public void IsRefused(PKIFailureInfo failure, string field, string paragraph)
    {
        Assert.Equal(PKIStatus.Rejection, Status);
        Assert.Equal(failure, Content.Status.FailInfo);
        Assert.Null(Content.SendCertificate);
        Assert.StartsWith($"{field}: ", Text, StringComparison.Ordinal);
        Assert.Contains(paragraph, Text, StringComparison.Ordinal);
    }
}
