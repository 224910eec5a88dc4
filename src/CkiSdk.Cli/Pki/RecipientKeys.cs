using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.ANSIX942;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Asn1.Modules.PKCS8;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Envelopes;

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
        try
        {
            using var pkcs8 = await ReadAsync(file, password, cancellationToken).ConfigureAwait(false);
            return await ImportAsync(pkcs8, certificate, cancellationToken).ConfigureAwait(false)
                ?? throw CommandException.Usage($"{file}: the key is not that of the certificate.");
        }
        catch (CryptoProviderException exception)
        {
            throw new CommandException(ExitCodes.CheckFailed, $"{file}: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => owned.Dispose();

    private static async Task<Secret> ReadAsync(string file, Secret? password, CancellationToken cancellationToken)
    {
        _ = password;
        var octets = await ValueFile.ReadEncodingAsync(file, cancellationToken).ConfigureAwait(false);
        var pkcs8 = Secret.From(octets);
        CryptographicOperations.ZeroMemory(octets);
        return pkcs8;
    }

    private static async Task<RecipientKeys?> ImportAsync(Secret pkcs8, Certificate certificate, CancellationToken cancellationToken)
    {
        var keys = CryptoProviders.Software.Keys;
        if (DhPublicKeys.TryDecode(certificate.SubjectPublicKeyInfo, DhGroups.Named, out var group, out var publicValue))
        {
            var dh = await ImportDhAsync(pkcs8, group, cancellationToken).ConfigureAwait(false);
            return dh.PublicValue.Span.SequenceEqual(publicValue) ? new RecipientKeys(new DhEnvelopeKey(certificate, dh), dh) : null;
        }

        if (certificate.Value.ToBeSigned.SubjectPublicKeyInfo.Algorithm.Algorithm == PKCS1Values.RsaEncryption)
        {
            var rsa = await keys.ImportDecryptionKeyAsync(pkcs8, cancellationToken).ConfigureAwait(false);
            return rsa.SubjectPublicKeyInfo.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span) ? new RecipientKeys(new RsaEnvelopeKey(certificate, rsa), rsa) : null;
        }

        var ec = await keys.ImportKeyAgreementKeyAsync(pkcs8, cancellationToken).ConfigureAwait(false);
        return ec.SubjectPublicKeyInfo.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span) ? new RecipientKeys(new EcEnvelopeKey(certificate, ec), ec) : null;
    }

    private static async Task<IDhKey> ImportDhAsync(Secret pkcs8, DhGroup group, CancellationToken cancellationToken)
    {
        if (!PrivateKeyInfo.TryDecode(pkcs8.Memory, out var info) || !Der.TryDecode<DHPrivateKey>(info.PrivateKey.Value.Memory, out var number))
        {
            throw new CryptoProviderException(CryptoError.InvalidKey, "The octets are no Diffie-Hellman private key.");
        }

        using var exponent = Secret.From(number.Value.ToUnsigned());
        return await CryptoProviders.Software.Keys.ImportDhKeyAsync(group, exponent, cancellationToken).ConfigureAwait(false);
    }
}
