using System.Buffers;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Cms.Streaming;
using CkiSdk.Pki.Crls;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Signatures;

/// <summary>Reads one SignedData from a stream and verifies it on the way.</summary>
internal sealed class SignedMessageReader(Stream message, Stream? content, CryptoProvider provider, VerificationOptions options)
{
    // A content that was signed without attributes is verified as a whole, because keys take messages, not hashes.
    private const int MaxBareContent = 1024 * 1024;

    private readonly BerInput _input = new(message, options.Limits);
    private readonly ArrayBufferWriter<byte> _bare = new();
    private long _length;

    /// <summary>Reads and verifies.</summary>
    public async Task<SignedMessage> ReadAsync(CancellationToken cancellationToken)
    {
        await MessageHeads.EnterAsync(_input, CryptographicMessageSyntax2004Values.IdSignedData, cancellationToken).ConfigureAwait(false);
        _ = Ber.Decode<CMSVersion>(await _input.ReadElementAsync(cancellationToken).ConfigureAwait(false));
        var algorithms = Ber.Decode<DigestAlgorithmIdentifiers>(await _input.ReadElementAsync(cancellationToken).ConfigureAwait(false), options.Limits);
        using var digests = new ContentDigests(algorithms.Value.Select(ContentDigests.Find).OfType<DigestAlgorithm>());
        var (type, isDetached) = await ReadContentAsync(digests, cancellationToken).ConfigureAwait(false);
        List<Certificate> certificates = [];
        List<RevocationList> lists = [];
        if (await _input.NextIsAsync(Tag.Context(0, constructed: true), cancellationToken).ConfigureAwait(false))
            certificates = await CarriedCertificates.ReadCertificatesAsync(_input, Tag.Context(0, constructed: true), options.Limits, cancellationToken).ConfigureAwait(false);
        if (await _input.NextIsAsync(Tag.Context(1, constructed: true), cancellationToken).ConfigureAwait(false))
            lists = await CarriedCertificates.ReadListsAsync(_input, Tag.Context(1, constructed: true), options.Limits, cancellationToken).ConfigureAwait(false);
        var signers = Ber.Decode<Asn1.Modules.CryptographicMessageSyntax2004.SignerInfos>(
            await _input.ReadElementAsync(cancellationToken).ConfigureAwait(false), options.Limits);
        await MessageHeads.LeaveAsync(_input, cancellationToken).ConfigureAwait(false);
        var check = new SignatureCheck(type, digests, _length <= MaxBareContent ? _bare.WrittenSpan.ToArray() : null, provider, options.Allowed);
        return new SignedMessage
        {
            ContentType = type,
            IsDetached = isDetached,
            Signatures = [.. signers.Value.Select(signer => check.Run(signer, [.. options.Certificates, .. certificates]))],
            Certificates = certificates,
            RevocationLists = lists,
        };
    }

    private async ValueTask<(ObjectIdentifier Type, bool IsDetached)> ReadContentAsync(ContentDigests digests, CancellationToken cancellationToken)
    {
        await _input.EnterAsync(Tag.Sequence, cancellationToken).ConfigureAwait(false);
        var type = Ber.Decode<ContentType>(await _input.ReadElementAsync(cancellationToken).ConfigureAwait(false)).Value;
        var isInside = await _input.NextIsAsync(Tag.Context(0, constructed: true), cancellationToken).ConfigureAwait(false);
        if (isInside != (options.DetachedContent is null))
            throw new InvalidOperationException(isInside ? "The message holds its content itself." : "The content travels apart from the message and was not given.");
        if (isInside)
        {
            await _input.EnterAsync(Tag.Context(0, constructed: true), cancellationToken).ConfigureAwait(false);
            await _input.ReadOctetsAsync(Tag.OctetString, piece => TakeAsync(piece, digests, cancellationToken), cancellationToken).ConfigureAwait(false);
            await _input.LeaveAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var pieces = await ContentPieces.OpenAsync(options.DetachedContent!, cancellationToken).ConfigureAwait(false);
            do
                await TakeAsync(pieces.Current, digests, cancellationToken).ConfigureAwait(false);
            while (await pieces.MoveNextAsync(cancellationToken).ConfigureAwait(false));
        }

        await _input.LeaveAsync(cancellationToken).ConfigureAwait(false);
        return (type, !isInside);
    }

    private ValueTask TakeAsync(ReadOnlyMemory<byte> piece, ContentDigests digests, CancellationToken cancellationToken)
    {
        digests.Append(piece.Span);
        _length += piece.Length;
        if (_length <= MaxBareContent)
            _bare.Write(piece.Span);
        return content is null ? ValueTask.CompletedTask : content.WriteAsync(piece, cancellationToken);
    }
}
