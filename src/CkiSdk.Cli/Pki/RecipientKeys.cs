using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Pkcs11;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Keys;

namespace CkiSdk.Cli.Pki;

/// <summary>Opens the private key that belongs to a certificate and opens messages.</summary>
/// <param name="key">What opens messages.</param>
/// <param name="owned">What to dispose.</param>
internal sealed class RecipientKeys(EnvelopeKey key, IDisposable owned) : IDisposable
{
    /// <summary>Gets what opens messages.</summary>
    public EnvelopeKey Key => key;

    /// <summary>Opens the key: RSA, elliptic-curve or Diffie-Hellman, as the certificate says.</summary>
    /// <param name="file">The file with the private key.</param>
    /// <param name="password">Its password; null for none.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="CommandException">The file holds no such key, or that of another certificate.</exception>
    public static async Task<RecipientKeys> OpenAsync(string file, Secret? password, Certificate certificate, CancellationToken cancellationToken)
    {
        using var parsed = await PkiKeys.ReadAsync(file, password, cancellationToken).ConfigureAwait(false);
        return await PkiKeys.ForUseAsync(file, () => ImportAsync(parsed, certificate, cancellationToken)).ConfigureAwait(false)
            ?? throw CommandException.Usage($"{file}: the key is not that of the certificate.");
    }

    /// <summary>Opens the key in a token: RSA, elliptic-curve or Diffie-Hellman, as the certificate says.</summary>
    /// <param name="token">The token.</param>
    /// <param name="uri">The key.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="cancellationToken">Gives up waiting for the device.</param>
    /// <exception cref="CommandException">The key is that of another certificate.</exception>
    public static async Task<RecipientKeys> OpenAsync(Pkcs11Token token, Pkcs11Uri uri, Certificate certificate, CancellationToken cancellationToken)
    {
        var opener = new Opener(
            async () => await token.OpenDecryptionKeyAsync(uri, cancellationToken).ConfigureAwait(false),
            async () => await token.OpenKeyAgreementKeyAsync(uri, cancellationToken).ConfigureAwait(false),
            async () => await token.OpenDhKeyAsync(uri, DhGroups.Named, cancellationToken).ConfigureAwait(false));
        return await OpenAsync(opener, certificate).ConfigureAwait(false) ?? throw CommandException.Usage($"{uri}: the key is not that of the certificate.");
    }

    /// <inheritdoc/>
    public void Dispose() => owned.Dispose();

    private static async ValueTask<RecipientKeys?> ImportAsync(ParsedKey parsed, Certificate certificate, CancellationToken cancellationToken)
    {
        var keys = CryptoProviders.Software.Keys;
        return await OpenAsync(
            new Opener(
                () => parsed.ImportDecryptionKeyAsync(keys, cancellationToken),
                () => parsed.ImportKeyAgreementKeyAsync(keys, cancellationToken),
                () => parsed.ImportDhKeyAsync(keys, DhGroups.Named, cancellationToken)),
            certificate).ConfigureAwait(false);
    }

    private static async ValueTask<RecipientKeys?> OpenAsync(Opener opener, Certificate certificate)
    {
        var publicKey = certificate.SubjectPublicKeyInfo;
        if (DhPublicKeys.TryDecode(publicKey, DhGroups.Named, out _, out var publicValue))
        {
            var dh = await opener.Dh().ConfigureAwait(false);
            return Matching(dh, dh.PublicValue, publicValue, () => new DhEnvelopeKey(certificate, dh));
        }

        if (certificate.Value.ToBeSigned.SubjectPublicKeyInfo.Algorithm.Algorithm == PKCS1Values.RsaEncryption)
        {
            var rsa = await opener.Rsa().ConfigureAwait(false);
            return Matching(rsa, rsa.SubjectPublicKeyInfo, publicKey, () => new RsaEnvelopeKey(certificate, rsa));
        }

        var ec = await opener.Ec().ConfigureAwait(false);
        return Matching(ec, ec.SubjectPublicKeyInfo, publicKey, () => new EcEnvelopeKey(certificate, ec));
    }

    /// <summary>Takes the key if it is the certificate's; otherwise it is disposed.</summary>
    private static RecipientKeys? Matching(IDisposable key, ReadOnlyMemory<byte> ours, ReadOnlyMemory<byte> certified, Func<EnvelopeKey> take)
    {
        if (ours.Span.SequenceEqual(certified.Span))
        {
            return new RecipientKeys(take(), key);
        }

        key.Dispose();
        return null;
    }

    private sealed record Opener(Func<ValueTask<IDecryptionKey>> Rsa, Func<ValueTask<IKeyAgreementKey>> Ec, Func<ValueTask<IDhKey>> Dh);
}
