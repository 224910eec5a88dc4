using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Cms.Signatures;
using CkiSdk.Transports.Cms;
using CkiSdk.Transports.Mail.Mime;

namespace CkiSdk.Transports.Mail.Tests.Memory;

/// <summary>Makes mails that this transport never would.</summary>
internal static class Attacks
{
    /// <summary>Writes a mail as a party does, with fields of any content.</summary>
    public static async Task<byte[]> SealedAsync(CmsIdentity sender, Certificate recipient, MailContent content, string? outerInReplyTo = null) =>
        MailFraming.Write(await Protection(sender).ProtectAsync(MailContentFraming.Write(content), recipient), "x@cki.test", MemoryMail.ServerAddress, "outer.1@cki.test", outerInReplyTo, DateTimeOffset.UtcNow);

    /// <summary>Writes a mail that is signed and not encrypted.</summary>
    public static async Task<byte[]> SignedAsync(CmsIdentity sender, MailContent content)
    {
        using var cms = new MemoryStream();
        var options = new SigningOptions { Signers = [new MessageSigner { Certificate = sender.SigningCertificate, Key = sender.SigningKey }], Certificates = [sender.EncryptionCertificate] };
        await SignedMessages.SignAsync(new MemoryStream(MailContentFraming.Write(content)), cms, options);
        return MailFraming.Write(cms.ToArray(), "x@cki.test", MemoryMail.ServerAddress, "outer.1@cki.test", null, DateTimeOffset.UtcNow);
    }

    /// <summary>Writes a mail that is encrypted and not signed.</summary>
    public static async Task<byte[]> EncryptedAsync(CmsIdentity self, Certificate recipient, MailContent content, string? outerInReplyTo = null)
    {
        using var cms = new MemoryStream();
        await MessageEnvelopes.EncryptAsync(new MemoryStream(MailContentFraming.Write(content)), cms, new EnvelopeOptions { Recipients = [EnvelopeRecipient.For(recipient)] }, self.Provider);
        return MailFraming.Write(cms.ToArray(), "x@cki.test", MemoryMail.ServerAddress, "outer.1@cki.test", outerInReplyTo, DateTimeOffset.UtcNow);
    }

    /// <summary>Writes a mail whose CMS holds a PKIMessage without any entity around it, as another implementation may.</summary>
    public static async Task<byte[]> BareAsync(CmsIdentity sender, Certificate recipient, byte[] octets, string from) =>
        MailFraming.Write(await new CmsProtection(sender).ProtectAsync(octets, recipient), from, MemoryMail.ServerAddress, "outer.1@cki.test", null, DateTimeOffset.UtcNow);

    /// <summary>Opens a mail.</summary>
    public static async Task<MailContent> OpenAsync(CmsIdentity recipient, byte[] mail)
    {
        var cms = Assert.IsType<ArrivedMail.Protected>(MailFraming.Read(mail, 1 << 20)).Cms;
        return MailContentFraming.Read((await Protection(recipient).OpenAsync(cms))!.Octets, 1 << 20)!;
    }

    private static CmsProtection Protection(CmsIdentity identity) => new(identity with { MessageLimit = 4 << 20 }, MailContentFraming.Nesting);
}
