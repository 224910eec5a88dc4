using CkiSdk.Crypto;

namespace CkiSdk.Pki.Keys;

/// <summary>Is a key out of a file, which may be weak: it is for looking at, until a factory or <see cref="IPublicKeys"/> takes it for use.</summary>
public sealed class ParsedKey : IDisposable
{
    internal ParsedKey(KeyForm form, bool wasEncrypted, ReadOnlyMemory<byte> subjectPublicKeyInfo, Secret? pkcs8)
    {
        Form = form;
        WasEncrypted = wasEncrypted;
        SubjectPublicKeyInfo = subjectPublicKeyInfo;
        Pkcs8 = pkcs8;
        Description = KeyDescription.Of(subjectPublicKeyInfo);
        Finding = Description.Finding ?? (pkcs8 is null ? null : PrivateKeyParts.Check(pkcs8, subjectPublicKeyInfo));
    }

    /// <summary>Gets the form that the file had.</summary>
    public KeyForm Form { get; }

    /// <summary>Gets whether the file was encrypted under a password.</summary>
    public bool WasEncrypted { get; }

    /// <summary>Gets the public key as the DER of SubjectPublicKeyInfo.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>Gets the private key as the DER of PrivateKeyInfo, owned by this object; <see langword="null"/> for a public key.</summary>
    public Secret? Pkcs8 { get; }

    /// <summary>Gets the kind, size and public parts.</summary>
    public KeyDescription Description { get; }

    /// <summary>Gets why the key is refused when it is used; <see langword="null"/> if it is not.</summary>
    public KeyFinding? Finding { get; }

    /// <summary>Gets whether there is a private key.</summary>
    public bool IsPrivate => Pkcs8 is not null;

    /// <summary>Takes the key for signatures.</summary>
    /// <param name="keys">What imports it.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CryptoProviderException">There is no private key, or it is weak, inconsistent or of another kind.</exception>
    public ValueTask<ISigningKey> ImportSigningKeyAsync(IKeyFactory keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys.ImportSigningKeyAsync(ForUse(), cancellationToken);
    }

    /// <summary>Takes an RSA key for decryption.</summary>
    /// <param name="keys">What imports it.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CryptoProviderException">There is no private key, or it is weak, inconsistent or of another kind.</exception>
    public ValueTask<IDecryptionKey> ImportDecryptionKeyAsync(IKeyFactory keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys.ImportDecryptionKeyAsync(ForUse(), cancellationToken);
    }

    /// <summary>Takes an elliptic-curve key for agreements.</summary>
    /// <param name="keys">What imports it.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CryptoProviderException">There is no private key, or it is weak, inconsistent or of another kind.</exception>
    public ValueTask<IKeyAgreementKey> ImportKeyAgreementKeyAsync(IKeyFactory keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys.ImportKeyAgreementKeyAsync(ForUse(), cancellationToken);
    }

    /// <summary>Takes a Diffie-Hellman key for agreements.</summary>
    /// <param name="keys">What imports it.</param>
    /// <param name="accepted">The groups that the configuration accepts.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CryptoProviderException">There is no private key, or it is of another kind or in another group.</exception>
    public async ValueTask<IDhKey> ImportDhKeyAsync(IKeyFactory keys, DhGroupSet accepted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        using var exponent = DhPrivateKeys.Decode(ForUse(), accepted, out var group);
        return await keys.ImportDhKeyAsync(group, exponent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Zeroes the private key.</summary>
    public void Dispose() => Pkcs8?.Dispose();

    private Secret ForUse()
    {
        if (Pkcs8 is null)
            throw new CryptoProviderException(CryptoError.InvalidKey, "The file holds a public key, and a private one is needed.");
        return Finding is null ? Pkcs8 : throw new CryptoProviderException(Finding.Code, $"The key was refused: {Finding.Reason}.");
    }
}
