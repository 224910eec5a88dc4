using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CMSAuthEnvelopedData;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Cms.Streaming;
using Attribute = CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004.Attribute;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Writes one EnvelopedData or AuthEnvelopedData: as DER where the content is short, else as BER of indefinite length.</summary>
internal sealed class EnvelopeWriter(Stream message, EnvelopeOptions options, CryptoProvider provider)
{
    private readonly byte[] _nonce = provider.Random.Octets(options.Algorithm.NonceLength());
    private readonly byte[] _tag = new byte[options.Algorithm.IsAuthenticated() ? ContentEncryptionExtensions.TagLength : 0];
    private readonly AuthAttributes? _attributes =
        options.Algorithm.IsAuthenticated() ? EnvelopeAttributes.Make(options.ContentType, options.AuthenticatedAttributes) : null;

    private AlgorithmIdentifier Algorithm => ContentAlgorithms.Make(options.Algorithm, _nonce);

    private ObjectIdentifier MessageType => options.Algorithm.IsAuthenticated()
        ? CMSAuthEnvelopedDataValues.IdCtAuthEnvelopedData
        : CryptographicMessageSyntax2004Values.IdEnvelopedData;

    /// <summary>Encrypts and writes.</summary>
    public async Task WriteAsync(Stream content, CancellationToken cancellationToken)
    {
        using var key = Secret.Random(options.Algorithm.KeyLength(), provider.Random);
        var recipients = new RecipientInfo[options.Recipients.Count];
        for (var i = 0; i < recipients.Length; i++)
            recipients[i] = await options.Recipients[i].EncryptKeyAsync(key, provider, cancellationToken).ConfigureAwait(false);
        var infos = new RecipientInfos((SetOf<RecipientInfo>)recipients);
        using var encryptor = provider.ContentStreams.Encrypt(options.Algorithm, key, _nonce, _attributes?.Encode() ?? []);
        var pieces = await ContentPieces.OpenAsync(content, cancellationToken).ConfigureAwait(false);
        if (pieces.IsLast)
            await WriteWholeAsync(pieces.Current, infos, encryptor, cancellationToken).ConfigureAwait(false);
        else
            await WritePiecesAsync(pieces, infos, encryptor, cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteWholeAsync(ReadOnlyMemory<byte> content, RecipientInfos infos, IContentEncryptor encryptor, CancellationToken cancellationToken)
    {
        var buffer = new byte[content.Length + 32];
        var length = encryptor.Update(content.Span, buffer);
        length += encryptor.Finish(buffer.AsSpan(length), _tag);
        var encrypted = new EncryptedContentInfo
        {
            ContentType = new ContentType(options.ContentType),
            ContentEncryptionAlgorithm = Algorithm,
            EncryptedContent = new EncryptedContent((ReadOnlyMemory<byte>)buffer.AsMemory(0, length)),
        };
        var value = options.Algorithm.IsAuthenticated()
            ? AnyValue.From(new AuthEnvelopedData
            {
                Version = CMSVersion.V0,
                OriginatorInfo = Originator,
                RecipientInfos = infos,
                AuthEncryptedContentInfo = encrypted,
                AuthAttrs = _attributes,
                Mac = new MessageAuthenticationCode((OctetString)_tag),
                UnauthAttrs = options.UnprotectedAttributes.Count == 0 ? null : new UnauthAttributes((SetOf<Attribute>)[.. options.UnprotectedAttributes]),
            })
            : AnyValue.From(new EnvelopedData
            {
                Version = VersionOf(infos),
                OriginatorInfo = Originator,
                RecipientInfos = infos,
                EncryptedContentInfo = encrypted,
                UnprotectedAttrs = Unprotected,
            });
        await message.WriteAsync(new ContentInfo { ContentType = MessageType, Content = value }.Encode(), cancellationToken).ConfigureAwait(false);
    }

    private async Task WritePiecesAsync(ContentPieces pieces, RecipientInfos infos, IContentEncryptor encryptor, CancellationToken cancellationToken)
    {
        await message.WriteAsync(Head(infos), cancellationToken).ConfigureAwait(false);
        var buffer = new byte[BerOutput.MostHeaderOctets + ContentPieces.PieceLength + 32];
        do
        {
            var room = buffer.AsMemory(BerOutput.MostHeaderOctets);
            var length = encryptor.Update(pieces.Current.Span, room.Span);
            if (pieces.IsLast)
                length += encryptor.Finish(room.Span[length..], _tag);
            var start = BerOutput.PrependOctetString(buffer, BerOutput.MostHeaderOctets, length);
            await message.WriteAsync(buffer.AsMemory(start..(BerOutput.MostHeaderOctets + length)), cancellationToken).ConfigureAwait(false);
        }
        while (await pieces.MoveNextAsync(cancellationToken).ConfigureAwait(false));
        await message.WriteAsync(Tail(), cancellationToken).ConfigureAwait(false);
    }

    private byte[] Head(RecipientInfos infos) =>
    [
        .. BerOutput.Begin(Tag.Sequence), // ContentInfo
        .. Der.Encode(new ContentType(MessageType)),
        .. BerOutput.Begin(Tag.Context(0, constructed: true)),
        .. BerOutput.Begin(Tag.Sequence), // EnvelopedData
        .. Der.Encode(options.Algorithm.IsAuthenticated() ? CMSVersion.V0 : VersionOf(infos)),
        .. Originator is { } originator ? BerOutput.Retag(Tag.Context(0, constructed: true), originator.Encode()) : [],
        .. infos.Encode(),
        .. BerOutput.Begin(Tag.Sequence), // EncryptedContentInfo
        .. Der.Encode(new ContentType(options.ContentType)),
        .. Algorithm.Encode(),
        .. BerOutput.Begin(Tag.Context(0, constructed: true)),
    ];

    private byte[] Tail() =>
    [
        .. BerOutput.EndOfContents, // [0]
        .. BerOutput.EndOfContents, // EncryptedContentInfo
        .. _attributes is { } attributes ? BerOutput.Retag(Tag.Context(1, constructed: true), attributes.Encode()) : [],
        .. options.Algorithm.IsAuthenticated() ? Der.Encode(new MessageAuthenticationCode((OctetString)_tag)) : [],
        .. Unprotected is { } rest ? BerOutput.Retag(Tag.Context(options.Algorithm.IsAuthenticated() ? 2 : 1, constructed: true), rest.Encode()) : [],
        .. BerOutput.EndOfContents, // EnvelopedData
        .. BerOutput.EndOfContents, // [0]
        .. BerOutput.EndOfContents, // ContentInfo
    ];

    private UnprotectedAttributes? Unprotected =>
        options.UnprotectedAttributes.Count == 0 ? null : new UnprotectedAttributes((SetOf<Attribute>)[.. options.UnprotectedAttributes]);

    private OriginatorInfo? Originator => options.OriginatorCertificates.Count + options.OriginatorRevocationLists.Count == 0 ? null : new OriginatorInfo
    {
        Certs = CarriedCertificates.SetOf(options.OriginatorCertificates),
        Crls = CarriedCertificates.SetOf(options.OriginatorRevocationLists),
    };

    // RFC 5652 6.1.
    private CMSVersion VersionOf(RecipientInfos infos)
    {
        if (infos.Value.Any(info => info is RecipientInfo.Pwri or RecipientInfo.Ori))
            return CMSVersion.V3;
        var isPlain = Originator is null && Unprotected is null && infos.Value.All(info => info is RecipientInfo.Ktri { Value.Version: var version } && version == CMSVersion.V0);
        return isPlain ? CMSVersion.V0 : CMSVersion.V2;
    }
}
