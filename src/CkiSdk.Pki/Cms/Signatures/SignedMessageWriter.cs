using System.Runtime.CompilerServices;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Pki.Cms.Streaming;
using SignerInfos = CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004.SignerInfos;

namespace CkiSdk.Pki.Cms.Signatures;

/// <summary>Writes one SignedData: as DER where content and signatures are known beforehand, else as BER of indefinite length.</summary>
internal sealed class SignedMessageWriter(Stream message, SigningOptions options)
{
    private readonly byte[] _header = new byte[BerOutput.MostHeaderOctets];

    /// <summary>Signs and writes.</summary>
    public async Task WriteAsync(Stream content, CancellationToken cancellationToken)
    {
        using var digests = new ContentDigests(options.Signers.Select(signer => SignatureMaker.DigestOf(SignatureMaker.AlgorithmOf(signer))));
        var pieces = await ContentPieces.OpenAsync(content, cancellationToken).ConfigureAwait(false);
        digests.Append(pieces.Current.Span);
        if (options.IsDetached)
        {
            while (await pieces.MoveNextAsync(cancellationToken).ConfigureAwait(false))
                digests.Append(pieces.Current.Span);
            await WriteWholeAsync(null, digests, cancellationToken).ConfigureAwait(false);
        }
        else if (pieces.IsLast)
        {
            await WriteWholeAsync(pieces.Current.ToArray(), digests, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await WritePiecesAsync(pieces, digests, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteWholeAsync(OctetString? content, ContentDigests digests, CancellationToken cancellationToken)
    {
        var data = new SignedData
        {
            Version = Version,
            DigestAlgorithms = DigestAlgorithms,
            EncapContentInfo = new EncapsulatedContentInfo { EContentType = new ContentType(options.ContentType), EContent = content },
            Certificates = Certificates,
            Crls = CarriedCertificates.SetOf(options.RevocationLists),
            SignerInfos = await SignAsync(digests, cancellationToken).ConfigureAwait(false),
        };
        var info = new ContentInfo { ContentType = CryptographicMessageSyntax2004Values.IdSignedData, Content = AnyValue.From(data) };
        await message.WriteAsync(info.Encode(), cancellationToken).ConfigureAwait(false);
    }

    private async Task WritePiecesAsync(ContentPieces pieces, ContentDigests digests, CancellationToken cancellationToken)
    {
        await message.WriteAsync(Head(), cancellationToken).ConfigureAwait(false);
        await WritePieceAsync(pieces.Current, cancellationToken).ConfigureAwait(false);
        while (await pieces.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            digests.Append(pieces.Current.Span);
            await WritePieceAsync(pieces.Current, cancellationToken).ConfigureAwait(false);
        }

        await message.WriteAsync(Tail(await SignAsync(digests, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WritePieceAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        var start = BerOutput.PrependOctetString(_header, _header.Length, piece.Length);
        await message.WriteAsync(_header.AsMemory(start), cancellationToken).ConfigureAwait(false);
        await message.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
    }

    private byte[] Head() =>
    [
        .. BerOutput.Begin(Tag.Sequence), // ContentInfo
        .. Der.Encode(new ContentType(CryptographicMessageSyntax2004Values.IdSignedData)),
        .. BerOutput.Begin(Tag.Context(0, constructed: true)),
        .. BerOutput.Begin(Tag.Sequence), // SignedData
        .. Der.Encode(Version),
        .. DigestAlgorithms.Encode(),
        .. BerOutput.Begin(Tag.Sequence), // EncapsulatedContentInfo
        .. Der.Encode(new ContentType(options.ContentType)),
        .. BerOutput.Begin(Tag.Context(0, constructed: true)),
        .. BerOutput.Begin(Tag.OctetString),
    ];

    private byte[] Tail(SignerInfos signers) =>
    [
        .. BerOutput.EndOfContents, // OCTET STRING
        .. BerOutput.EndOfContents, // [0]
        .. BerOutput.EndOfContents, // EncapsulatedContentInfo
        .. Certificates is { } certificates ? BerOutput.Retag(Tag.Context(0, constructed: true), certificates.Encode()) : [],
        .. CarriedCertificates.SetOf(options.RevocationLists) is { } lists ? BerOutput.Retag(Tag.Context(1, constructed: true), lists.Encode()) : [],
        .. signers.Encode(),
        .. BerOutput.EndOfContents, // SignedData
        .. BerOutput.EndOfContents, // [0]
        .. BerOutput.EndOfContents, // ContentInfo
    ];

    // RFC 5652 5.1: 3 if a signer is named by his key identifier or the content is not plain data.
    private CMSVersion Version => options.ContentType != CryptographicMessageSyntax2004Values.IdData || options.Signers.Any(signer => signer.UseKeyIdentifier)
        ? CMSVersion.V3
        : CMSVersion.V1;

    private DigestAlgorithmIdentifiers DigestAlgorithms =>
        new((SetOf<AlgorithmIdentifier>)[.. options.Signers.Select(signer => SignatureMaker.DigestOf(SignatureMaker.AlgorithmOf(signer))).Distinct().Select(ContentDigests.IdentifierOf)]);

    private CertificateSet? Certificates =>
        CarriedCertificates.SetOf([.. options.OmitSigners ? [] : options.Signers.Select(signer => signer.Certificate), .. options.Certificates]);

    private async ValueTask<SignerInfos> SignAsync(ContentDigests digests, CancellationToken cancellationToken)
    {
        var signers = new SignerInfo[options.Signers.Count];
        for (var i = 0; i < signers.Length; i++)
        {
            var digest = digests.FindResult(SignatureMaker.DigestOf(SignatureMaker.AlgorithmOf(options.Signers[i])))!;
            signers[i] = await SignatureMaker.SignAsync(options.Signers[i], options, digest, cancellationToken).ConfigureAwait(false);
        }

        return new SignerInfos((SetOf<SignerInfo>)signers);
    }
}
