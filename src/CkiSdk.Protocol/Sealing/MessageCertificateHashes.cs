using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using Attribute = CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004.Attribute;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Sealing;

/// <summary>Makes the attribute that binds a message to its certificates: their SHA-256, in the order of the recipients (profile section 5).</summary>
internal static class MessageCertificateHashes
{
    /// <summary>Makes the attribute.</summary>
    public static Attribute Make(Certificate send, IEnumerable<Certificate> receive) => new()
    {
        AttrType = CKIProfileValues.IdCkiAaMessageCertificates,
        AttrValues =
        [
            AnyValue.From(new MessageCertificates
            {
                Send = send.Sha256(),
                Receive = (SequenceOf<OctetString>)[.. receive.Select(certificate => (OctetString)certificate.Sha256())],
            }),
        ],
    };

    /// <summary>Makes all attributes that a message authenticates: contentType and the hashes, nothing else.</summary>
    public static AuthAttributes MakeAll(ObjectIdentifier contentType, Attribute hashes) => new((SetOf<Attribute>)
    [
        new Attribute { AttrType = CryptographicMessageSyntax2004Values.IdContentType, AttrValues = [AnyValue.From(new ContentType(contentType))] },
        hashes,
    ]);
}
