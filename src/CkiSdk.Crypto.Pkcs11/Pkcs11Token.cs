using Net.Pkcs11Interop.Common;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Is a token: its login, certificates and keys.</summary>
/// <remarks>
/// Methods may be called by any thread; each operation has a session of its own out of a pool. A token that goes away makes operations fail with
/// <see cref="CryptoError.DeviceUnavailable"/>; once it is back, in whatever slot, they work again, and this object logs in again by itself.
/// </remarks>
public sealed class Pkcs11Token : IDisposable
{
    private readonly TokenConnection _opened;
    private readonly CryptoProvider _software;
    private int _disposed;

    internal Pkcs11Token(TokenConnection connection, CryptoProvider software)
    {
        _opened = connection;
        _software = software;
        Keys = new Pkcs11KeyFactory(connection, software);
    }

    /// <summary>Gets whether a login succeeded and was not undone.</summary>
    public bool IsLoggedIn => _opened.IsLoggedIn;

    /// <summary>Gets what creates and imports keys that live in this token until they are disposed: <c>software with { Keys = token.Keys }</c>.</summary>
    public Pkcs11KeyFactory Keys { get; }

    /// <summary>Gets what creates and imports keys that stay in the token.</summary>
    /// <param name="label">The label of both halves; a second key of the same label is refused.</param>
    /// <param name="id">CKA_ID; empty for 16 random octets.</param>
    /// <param name="forAnyUse">Whether a key may do all that its kind can: an RSA key signs and decrypts, an elliptic-curve key signs and agrees. Otherwise it does what it is made for.</param>
    /// <returns>The factory.</returns>
    public Pkcs11KeyFactory PersistentKeys(string label, ReadOnlyMemory<byte> id = default, bool forAnyUse = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        return new Pkcs11KeyFactory(Connection, _software, label, id.IsEmpty ? null : id.ToArray(), forAnyUse);
    }

    /// <summary>Asks where the token is and what it says of itself.</summary>
    /// <param name="cancellationToken">Gives up waiting for the device.</param>
    /// <returns>The slot.</returns>
    /// <exception cref="CryptoProviderException">The token is away.</exception>
    public Task<Pkcs11Slot> DescribeAsync(CancellationToken cancellationToken = default) => Connection.RunAsync((link, _) => link.Describe(), cancellationToken);

    /// <summary>Logs the user in (C_Login).</summary>
    /// <param name="pin">The PIN in UTF-8; stays the caller's. <see langword="null"/> for a token with a keypad of its own.</param>
    /// <param name="cancellationToken">Gives up waiting for the device.</param>
    /// <returns>
    /// <see langword="false"/> for a wrong PIN. It is asked of the token once only: the same PIN again is <see langword="false"/> without asking,
    /// until the process ends, so that no loop locks the token.
    /// </returns>
    /// <exception cref="CryptoProviderException">The token is away, its PIN is locked, or it failed.</exception>
    public Task<bool> LoginAsync(Secret? pin, CancellationToken cancellationToken = default) => Connection.LoginAsync(pin, cancellationToken);

    /// <summary>Logs out (C_Logout) and zeroes the PIN; keys do not work any more.</summary>
    /// <param name="cancellationToken">Gives up waiting for the device.</param>
    /// <returns>Whether there was a login.</returns>
    /// <exception cref="CryptoProviderException">The token failed.</exception>
    public Task<bool> LogoutAsync(CancellationToken cancellationToken = default) => Connection.LogoutAsync(cancellationToken);

    /// <summary>Lists the certificates.</summary>
    /// <param name="cancellationToken">Gives up waiting for the device.</param>
    /// <returns>The certificates; empty if there are none, or none that is visible before a login.</returns>
    /// <exception cref="CryptoProviderException">The token is away, or failed.</exception>
    public Task<IReadOnlyList<Pkcs11Certificate>> ListCertificatesAsync(CancellationToken cancellationToken = default) =>
        Connection.RunAsync(ObjectLister.Certificates, cancellationToken);

    /// <summary>Lists the private and secret keys; most tokens show them after a login only.</summary>
    /// <param name="cancellationToken">Gives up waiting for the device.</param>
    /// <returns>The keys.</returns>
    /// <exception cref="CryptoProviderException">The token is away, or failed.</exception>
    public Task<IReadOnlyList<Pkcs11KeyEntry>> ListKeysAsync(CancellationToken cancellationToken = default) =>
        Connection.RunAsync(ObjectLister.Keys, cancellationToken);

    /// <summary>Opens a key that signs: RSA, an elliptic curve of the profile or Ed25519.</summary>
    /// <param name="key">Its label or identifier.</param>
    /// <param name="cancellationToken">Gives up waiting for the device.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CryptoProviderException">There is none, more than one, or one that the profile refuses; or the token failed.</exception>
    public async Task<ISigningKey> OpenSigningKeyAsync(Pkcs11Uri key, CancellationToken cancellationToken = default)
    {
        var found = await OpenAsync(key, CKA.CKA_SIGN, cancellationToken).ConfigureAwait(false);
        Require(found.PublicKey);
        return found.PublicKey.Kind == TokenKeyKind.Ed25519
            ? new TokenEd25519Key(found.Key, found.PublicKey)
            : new TokenSigningKey(found.Key, found.PublicKey, _software);
    }

    /// <summary>Opens an RSA key that decrypts.</summary>
    /// <inheritdoc cref="OpenSigningKeyAsync"/>
    public async Task<IDecryptionKey> OpenDecryptionKeyAsync(Pkcs11Uri key, CancellationToken cancellationToken = default)
    {
        var found = await OpenAsync(key, CKA.CKA_DECRYPT, cancellationToken).ConfigureAwait(false);
        Require(found.PublicKey);
        return found.PublicKey.IsRsa ? new TokenDecryptionKey(found.Key, found.PublicKey) : throw Unsupported("is no RSA key");
    }

    /// <summary>Opens an elliptic-curve key that agrees.</summary>
    /// <inheritdoc cref="OpenSigningKeyAsync"/>
    public async Task<IKeyAgreementKey> OpenKeyAgreementKeyAsync(Pkcs11Uri key, CancellationToken cancellationToken = default)
    {
        var found = await OpenAsync(key, CKA.CKA_DERIVE, cancellationToken).ConfigureAwait(false);
        Require(found.PublicKey);
        return found.PublicKey.FieldLength > 0 ? new TokenKeyAgreementKey(found.Key, found.PublicKey, _software) : throw Unsupported("is on no curve that agrees");
    }

    /// <summary>Opens a finite-field Diffie-Hellman key.</summary>
    /// <param name="key">Its label or identifier.</param>
    /// <param name="groups">The groups that are accepted.</param>
    /// <param name="cancellationToken">Gives up waiting for the device.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CryptoProviderException">There is none, more than one, or one of another group; or the token failed.</exception>
    public Task<IDhKey> OpenDhKeyAsync(Pkcs11Uri key, DhGroupSet groups, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(groups);
        return Connection.RunAsync<IDhKey>((link, session) =>
        {
            var handle = KeyFinder.Find(link, session, key, CKO.CKO_PRIVATE_KEY, CKA.CKA_DERIVE);
            if (!groups.TryFind(TokenObjects.Octets(session, handle, CKA.CKA_PRIME), [], TokenObjects.Octets(session, handle, CKA.CKA_BASE), out var group))
                throw Unsupported("is in no accepted group");
            return new TokenDhKey(TokenObject.Stored(Connection, link, session, handle), group, TokenDhKey.ComputePublicValue(session, handle, group), _software);
        }, cancellationToken);
    }

    /// <summary>Opens a generic secret, such as an interoperability key, that derives by HMAC.</summary>
    /// <inheritdoc cref="OpenSigningKeyAsync"/>
    public Task<ISecretKey> OpenSecretKeyAsync(Pkcs11Uri key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Connection.RunAsync<ISecretKey>((link, session) =>
        {
            var handle = KeyFinder.Find(link, session, key, CKO.CKO_SECRET_KEY, CKA.CKA_SIGN);
            return new TokenSecretKey(TokenObject.Stored(Connection, link, session, handle));
        }, cancellationToken);
    }

    /// <summary>Encrypts by an RSA public key of the token (C_Encrypt); what the token cannot do with this scheme is done here with the same key.</summary>
    /// <param name="key">Label or identifier of the key.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="plaintext">The secret; it stays the caller's.</param>
    /// <param name="cancellationToken">Gives up waiting for the device.</param>
    /// <returns>The ciphertext, as long as the modulus.</returns>
    /// <exception cref="CryptoProviderException">There is no such key, or it is weak, or the token failed.</exception>
    public Task<byte[]> EncryptAsync(Pkcs11Uri key, RsaEncryptionScheme scheme, Secret plaintext, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(plaintext);
        return Connection.RunAsync((link, session) =>
        {
            var handle = KeyFinder.Find(link, session, key, CKO.CKO_PUBLIC_KEY, CKA.CKA_ENCRYPT);
            var publicKey = KeyReader.PublicKeyOfPublic(session, handle) ?? throw Unsupported("is not RSA");
            Require(publicKey);
            return RsaEncryption.TryEncrypt(link, session, handle, scheme, plaintext) ?? _software.PublicKeys.Encrypt(publicKey.SubjectPublicKeyInfo.Span, scheme, plaintext);
        }, cancellationToken);
    }

    /// <summary>Decrypts by an RSA private key of the token (C_Decrypt).</summary>
    /// <param name="key">Label or identifier of the key.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="ciphertext">As long as the modulus.</param>
    /// <param name="cancellationToken">Gives up waiting for the device.</param>
    /// <returns>As <see cref="IDecryptionKey.DecryptAsync"/>.</returns>
    /// <exception cref="CryptoProviderException">There is no such key, or the token failed.</exception>
    public async Task<Secret?> DecryptAsync(Pkcs11Uri key, RsaEncryptionScheme scheme, ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken = default)
    {
        using var opened = await OpenDecryptionKeyAsync(key, cancellationToken).ConfigureAwait(false);
        return await opened.DecryptAsync(scheme, ciphertext, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts a certificate into the token.</summary>
    /// <param name="label">Its label.</param>
    /// <param name="id">CKA_ID, that of its key; empty to take that of the key in the token that it certifies.</param>
    /// <param name="der">The DER of the certificate.</param>
    /// <param name="cancellationToken">Gives up waiting for the device.</param>
    /// <returns>The URI that names it.</returns>
    /// <exception cref="CryptoProviderException">The octets are no certificate, or the token refused.</exception>
    public Task<Pkcs11Uri> ImportCertificateAsync(string label, ReadOnlyMemory<byte> id, ReadOnlyMemory<byte> der, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        return Connection.RunAsync((link, session) => CertificateImport.Run(link, session, label, id.ToArray(), der.ToArray()), cancellationToken);
    }

    /// <summary>Closes all sessions and zeroes the PIN, once the keys that were opened are disposed, too. To end their use at once, log out.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _opened.Release();
    }

    private static CryptoProviderException Unsupported(string what) => new(CryptoError.UnsupportedKey, $"The key in the token {what}.");

    private TokenConnection Connection
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            return _opened;
        }
    }

    private Task<CreatedKey> OpenAsync(Pkcs11Uri key, CKA use, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Connection.RunAsync((link, session) =>
        {
            var handle = KeyFinder.Find(link, session, key, CKO.CKO_PRIVATE_KEY, use);
            var publicKey = KeyReader.PublicKeyOf(session, handle) ?? throw Unsupported("has no public half beside it that could be used");
            return new CreatedKey(TokenObject.Stored(Connection, link, session, handle), publicKey);
        }, cancellationToken);
    }

    // What was put into the token elsewhere may be too weak for the profile.
    private void Require(TokenPublicKey key)
    {
        if (!_software.PublicKeys.TryImportVerificationKey(key.SubjectPublicKeyInfo.Span, out var imported, out var error))
            throw new CryptoProviderException(error, $"The key in the token was refused: {error}.");
        imported.Dispose();
    }
}
