using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIAlgorithms;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Asn1.Modules.CMSAESCCMAndAESGCM;
using CkiSdk.Asn1.Modules.CMSAuthEnvelopedData;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Sealing;

namespace CkiSdk.Protocol.Tests.Sealing;

/// <summary>Takes a sealed message apart by hand and opens it with the primitives of the profile alone: section 5 octet by octet.</summary>
public sealed class SealedFormTests
{
    [Fact]
    public async Task Message_Has_TheFormOfTheProfile_AndOpensByHand()
    {
        var parties = await SealingParties.Create();
        var content = "by hand"u8.ToArray();
        var data = AuthEnvelopedData.Decode(ContentInfo.Decode(await parties.Seal(content)).Content.Encoded);
        Assert.Equal(CMSVersion.V0, data.Version);
        var certificates = data.OriginatorInfo!.Certs!.Value.Value.OfType<CertificateChoices.Certificate>().Select(choice => Convert.ToHexString(choice.Value.Encode())).ToList();
        Assert.Equal(3, certificates.Count);
        foreach (var certificate in new[] { parties.Send, parties.ReceiveA2, parties.ReceiveB1 })
            Assert.Contains(Convert.ToHexString(certificate.Certificate.Encoded.Span), certificates);

        var receive = new List<byte[]>();
        Secret? contentKey = null;
        foreach (var info in data.RecipientInfos.Value.Cast<RecipientInfo.Kari>().Select(recipient => recipient.Value))
        {
            Assert.Equal(CMSVersion.V3, info.Version);
            var originator = Assert.IsType<OriginatorIdentifierOrKey.IssuerAndSerialNumber>(info.Originator).Value;
            Assert.Equal(parties.Send.Certificate.SerialNumber, originator.SerialNumber.Value);
            Assert.Equal(64, info.Ukm!.Value.Value.Length);
            Assert.Equal(CKIProfileValues.IdCkiAlgTokenKey, info.KeyEncryptionAlgorithm.Algorithm);
            Assert.Equal("300B060960864801650304012D", Convert.ToHexString(info.KeyEncryptionAlgorithm.Parameters!.Value.Encoded.Span));
            var encrypted = Assert.Single(info.RecipientEncryptedKeys.Value);
            var serial = Assert.IsType<KeyAgreeRecipientIdentifier.IssuerAndSerialNumber>(encrypted.Rid).Value.SerialNumber.Value;
            var mine = serial == parties.ReceiveA2.Certificate.SerialNumber ? parties.ReceiveA2 : parties.ReceiveB1;
            receive.Add(mine.Certificate.Sha256());
            contentKey ??= Unwrap(parties, mine, info.Ukm.Value.Value.Memory, encrypted.EncryptedKey.Value.Memory);
        }

        Assert.NotNull(contentKey);
        var attributes = data.AuthAttrs!.Value;
        Assert.Equal(2, attributes.Value.Count);
        var hashes = Assert.Single(attributes.Value, attribute => attribute.AttrType == CKIProfileValues.IdCkiAaMessageCertificates);
        var listed = MessageCertificates.Decode(Assert.Single(hashes.AttrValues).Encoded);
        Assert.Equal(parties.Send.Certificate.Sha256(), listed.Send.ToArray());
        Assert.Equal(receive, listed.Receive.Select(hash => hash.ToArray()));
        var associated = attributes.Encode();
        Assert.Equal(0x31, associated[0]); // with the tag of a SET

        var parameters = GCMParameters.Decode(data.AuthEncryptedContentInfo.ContentEncryptionAlgorithm.Parameters!.Value.Encoded);
        using var cipher = new AesGcm(contentKey.Span, 16);
        var opened = new byte[content.Length];
        cipher.Decrypt(parameters.AesNonce.Span, data.AuthEncryptedContentInfo.EncryptedContent!.Value.Value.Span, data.Mac.Value.Span, opened, associated);
        Assert.Equal(content, opened);
    }

    [Fact]
    public async Task Recipients_OfAForeignSender_StandInAnyOrder()
    {
        // BER does not sort a SET OF; the hashes follow the order of the message.
        var parties = await SealingParties.Create();
        var (encryption, provider) = (KeyEncryption.Of(SealingScheme.TokenKey), SealingDomain.Provider);
        var recipients = new List<SealedRecipient>();
        foreach (var receive in new[] { parties.ReceiveA2.Certificate, parties.ReceiveB1.Certificate })
        {
            Assert.True(DhPublicKeys.TryDecode(receive.SubjectPublicKeyInfo, DhGroups.Named, out _, out var y));
            recipients.Add(new SealedRecipient(encryption, parties.Send.Certificate, await parties.Send.OpenAsync(), receive, y, provider));
        }

        recipients.Sort((one, other) => other.Place.AsSpan().SequenceCompareTo(one.Place)); // the wrong way round
        var receivers = recipients.ConvertAll(recipient => recipient.Receive);
        using var stream = new MemoryStream();
        await MessageEnvelopes.EncryptAsync(
            new MemoryStream([1, 2]),
            stream,
            new EnvelopeOptions
            {
                Recipients = recipients,
                AuthenticatedAttributes = [MessageCertificateHashes.Make(parties.Send.Certificate, receivers)],
                OriginatorCertificates = [parties.Send.Certificate, .. receivers],
            },
            provider);
        var message = stream.ToArray();
        Assert.Equal(OpeningRefusal.NotAuthentic, (await parties.OpenAsB1(message)).Result.Refusal); // DER has sorted them

        var infos = AuthEnvelopedData.Decode(ContentInfo.Decode(message).Content.Encoded).RecipientInfos.Value.Select(info => Der.Encode(info)).ToList();
        var place = message.AsSpan().IndexOf(infos[0]);
        byte[] turned = [.. infos[1], .. infos[0]];
        turned.CopyTo(message.AsSpan(place));
        var (result, content) = await parties.OpenAsB1(message);
        Assert.True(result.IsOpened, result.Reason);
        Assert.Equal([1, 2], content);
    }

    private static Secret Unwrap(SealingParties parties, DatedKey mine, ReadOnlyMemory<byte> ukm, ReadOnlyMemory<byte> wrapped)
    {
        var provider = SealingDomain.Provider;
        Assert.True(DhPublicKeys.TryDecode(parties.Send.Certificate.SubjectPublicKeyInfo, DhGroups.Named, out var group, out var y));
        using var shared = provider.DiffieHellman.Agree(group, mine.Exponent, y);
        using var key = KeyDerivation.TokenKey(shared, ukm, parties.Send.Certificate.Sha256(), mine.Certificate.Sha256(), CKIAlgorithmsValues.IdAes256Wrap);
        return provider.KeyWrap.Unwrap(key, wrapped.Span)!;
    }
}
