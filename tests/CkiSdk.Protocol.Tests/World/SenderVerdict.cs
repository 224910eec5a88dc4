using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Tests.World;

/// <summary>Sends a body to a party, and tells whether its sender was heard: <c>+</c> goes on to the handler, <c>.</c> is refused because of its sender, <c>-</c> is not served by the role at all.</summary>
internal static class SenderVerdict
{
    /// <summary>Sends.</summary>
    /// <param name="body">The name of the body in the module.</param>
    /// <param name="sender">Who sends it, with all services.</param>
    /// <param name="party">Who gets it.</param>
    /// <param name="name">The name of that party.</param>
    /// <param name="any">What stands where a certificate must.</param>
    public static async Task<string> Of(string body, TestUser sender, IMessageHandler party, DistinguishedName name, Certificate any)
    {
        var message = new MessageWriter(sender.Name, TestWorld.Provider.Random).Begin(name, SampleBodies.Of(body, any, sender.Name), TestDomain.Now);
        var text = await party.HandleAsync(new DeliveredMessage(message.Encode(), SecurityServices.All, sender.Peer)) switch
        {
            HandlingResult.Refused refused => refused.Text,
            HandlingResult.Answer answer => FreeText.Read(PKIMessage.Decode(answer.Message).Header.FreeText),
            _ => "",
        };
        return text.StartsWith("body: ", StringComparison.Ordinal) ? "-" : text.StartsWith("header.sender: ", StringComparison.Ordinal) ? "." : "+";
    }
}
