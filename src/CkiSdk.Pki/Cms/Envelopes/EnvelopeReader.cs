using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CMSAuthEnvelopedData;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Cms.Streaming;
using CkiSdk.Pki.Crls;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Reads one EnvelopedData or AuthEnvelopedData from a stream and decrypts it on the way.</summary>
internal sealed class EnvelopeReader(Stream message, EnvelopeKey key, Stream content, CryptoProvider provider, OpeningOptions options)
{
    private readonly BerInput _input = new(message, options.Limits);
    private readonly byte[] _buffer = new byte[ContentPieces.PieceLength + 64];

    /// <summary>Gets the attributes with which the content was decrypted; they are compared with those that stand behind it.</summary>
    public AuthAttributes? AssumedAttributes { get; private set; }

    /// <summary>Reads the message and writes what its content decrypts to, good or not.</summary>
    /// <param name="assume">Makes the attributes from content type and recipients; null for none, or contentType alone where the content is no plain data.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<OpenedEnvelope> ReadAsync(Func<ObjectIdentifier, IReadOnlyList<RecipientInfo>, AuthAttributes?>? assume, CancellationToken cancellationToken)
    {
        var isAuthenticated = await EnterAsync(cancellationToken).ConfigureAwait(false);
        var (certificates, lists) = await ReadOriginatorAsync(cancellationToken).ConfigureAwait(false);
        var recipients = await ReadRecipientsAsync(cancellationToken).ConfigureAwait(false);
        await key.PrepareAsync(certificates, recipients, cancellationToken).ConfigureAwait(false);
        await _input.EnterAsync(Tag.Sequence, cancellationToken).ConfigureAwait(false);
        var type = Ber.Decode<ContentType>(await _input.ReadElementAsync(cancellationToken).ConfigureAwait(false)).Value;
        var identifier = Ber.Decode<AlgorithmIdentifier>(await _input.ReadElementAsync(cancellationToken).ConfigureAwait(false), options.Limits);
        var cipher = ContentAlgorithms.Find(identifier) is { } found && found.Algorithm.IsAuthenticated() == isAuthenticated ? found : default((ContentEncryption Algorithm, byte[] Nonce)?);
        var mine = Array.Find(recipients, key.IsFor);
        AssumedAttributes = !isAuthenticated ? null : assume is null ? EnvelopeAttributes.Make(type, []) : assume(type, recipients);
        using var decryptor = cipher is { } known && mine is not null && (isAuthenticated || !options.RequireAuthentication)
            ? await StartAsync(known.Algorithm, known.Nonce, mine, cancellationToken).ConfigureAwait(false)
            : null;
        var hasContent = await ReadContentAsync(decryptor, cancellationToken).ConfigureAwait(false);
        var attributes = isAuthenticated ? await ReadSetAsync<AuthAttributes>(1, cancellationToken).ConfigureAwait(false) : null;
        var tag = isAuthenticated ? Ber.Decode<MessageAuthenticationCode>(await _input.ReadElementAsync(cancellationToken).ConfigureAwait(false)).Value : default;
        var rest = await ReadSetAsync<UnprotectedAttributes>(isAuthenticated ? 2 : 1, cancellationToken).ConfigureAwait(false);
        await MessageHeads.LeaveAsync(_input, cancellationToken).ConfigureAwait(false);
        var isFormed = decryptor is not null && hasContent && (!isAuthenticated || IsFormed(attributes, type, tag, identifier));
        return new OpenedEnvelope
        {
            IsAddressed = mine is not null,
            IsOpened = isFormed && await FinishAsync(decryptor!, tag, cancellationToken).ConfigureAwait(false),
            ContentType = type,
            Algorithm = cipher?.Algorithm,
            Recipients = recipients,
            OriginatorCertificates = certificates,
            OriginatorRevocationLists = lists,
            AuthenticatedAttributes = attributes,
            UnprotectedAttributes = rest,
        };
    }

    private bool IsFormed(AuthAttributes? attributes, ObjectIdentifier type, OctetString tag, AlgorithmIdentifier identifier) =>
        Equals(attributes, AssumedAttributes) && EnvelopeAttributes.Fit(attributes, type) && tag.Length == ContentAlgorithms.TagLengthOf(identifier);

    private async ValueTask<bool> EnterAsync(CancellationToken cancellationToken)
    {
        var type = await MessageHeads.ReadTypeAsync(_input, cancellationToken).ConfigureAwait(false);
        var isAuthenticated = type == CMSAuthEnvelopedDataValues.IdCtAuthEnvelopedData;
        if (!isAuthenticated && type != CryptographicMessageSyntax2004Values.IdEnvelopedData)
            throw _input.Error(DerErrorKind.ConstraintViolated, $"a message of type {type}, which is not encrypted to recipients");
        await MessageHeads.EnterContentAsync(_input, cancellationToken).ConfigureAwait(false);
        _ = Ber.Decode<CMSVersion>(await _input.ReadElementAsync(cancellationToken).ConfigureAwait(false));
        return isAuthenticated;
    }

    private async ValueTask<(List<Certificate> Certificates, List<RevocationList> Lists)> ReadOriginatorAsync(CancellationToken cancellationToken)
    {
        List<Certificate> certificates = [];
        List<RevocationList> lists = [];
        var (outer, second) = (Tag.Context(0, constructed: true), Tag.Context(1, constructed: true));
        if (!await _input.NextIsAsync(outer, cancellationToken).ConfigureAwait(false))
            return (certificates, lists);
        await _input.EnterAsync(outer, cancellationToken).ConfigureAwait(false);
        if (await _input.NextIsAsync(outer, cancellationToken).ConfigureAwait(false))
            certificates = await CarriedCertificates.ReadCertificatesAsync(_input, outer, options.Limits, cancellationToken).ConfigureAwait(false);
        if (await _input.NextIsAsync(second, cancellationToken).ConfigureAwait(false))
            lists = await CarriedCertificates.ReadListsAsync(_input, second, options.Limits, cancellationToken).ConfigureAwait(false);
        await _input.LeaveAsync(cancellationToken).ConfigureAwait(false);
        return (certificates, lists);
    }

    // One by one: BER leaves their order to the sender, and attributes may be bound to it.
    private async ValueTask<RecipientInfo[]> ReadRecipientsAsync(CancellationToken cancellationToken)
    {
        var recipients = new List<RecipientInfo>();
        long length = 0;
        await _input.EnterAsync(Tag.Set, cancellationToken).ConfigureAwait(false);
        while (await _input.PeekAsync(cancellationToken).ConfigureAwait(false) is not null)
        {
            var element = await _input.ReadElementAsync(cancellationToken).ConfigureAwait(false);
            length += element.Length;
            if (length > options.Limits.MaxLength)
                throw _input.Error(DerErrorKind.TooLarge, "there are too many recipients");
            recipients.Add(Ber.Decode<RecipientInfo>(element, options.Limits));
        }

        await _input.LeaveAsync(cancellationToken).ConfigureAwait(false);
        return recipients.Count > 0 ? [.. recipients] : throw _input.Error(DerErrorKind.ConstraintViolated, "there is no recipient");
    }

    // A key that does not come out right is replaced by a random one, so that every failure ends in tag or padding (RFC 3218 2.3).
    private async ValueTask<IContentDecryptor> StartAsync(ContentEncryption algorithm, byte[] nonce, RecipientInfo mine, CancellationToken cancellationToken)
    {
        using var random = Secret.Random(algorithm.KeyLength(), provider.Random);
        using var contentKey = await key.DecryptKeyAsync(mine, provider, cancellationToken).ConfigureAwait(false);
        return provider.ContentStreams.Decrypt(algorithm, contentKey?.Length == random.Length ? contentKey : random, nonce, AssumedAttributes?.Encode() ?? []);
    }

    private async ValueTask<bool> ReadContentAsync(IContentDecryptor? decryptor, CancellationToken cancellationToken)
    {
        var tag = Tag.Context(0, constructed: false);
        var header = await _input.PeekAsync(cancellationToken).ConfigureAwait(false);
        if (header is not null)
            await _input.ReadOctetsAsync(tag, piece => DecryptAsync(decryptor, piece, cancellationToken), cancellationToken).ConfigureAwait(false);
        await _input.LeaveAsync(cancellationToken).ConfigureAwait(false);
        return header is not null;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask DecryptAsync(IContentDecryptor? decryptor, ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        if (decryptor is not null)
            await content.WriteAsync(_buffer.AsMemory(0, decryptor.Update(piece.Span, _buffer)), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> FinishAsync(IContentDecryptor decryptor, OctetString tag, CancellationToken cancellationToken)
    {
        var isGood = decryptor.TryFinish(tag.Span, _buffer, out var length);
        await content.WriteAsync(_buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
        CryptographicOperations.ZeroMemory(_buffer);
        return isGood;
    }

    private async ValueTask<T?> ReadSetAsync<T>(int number, CancellationToken cancellationToken)
        where T : struct, IDerType<T>
    {
        if (!await _input.NextIsAsync(Tag.Context(number, constructed: true), cancellationToken).ConfigureAwait(false))
            return null;
        var element = await _input.ReadElementAsync(cancellationToken).ConfigureAwait(false);
        return Ber.Decode<T>(BerOutput.Retag(Tag.Set, element), options.Limits);
    }
}
