using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Creates and imports keys in a token; the private and secret ones are sensitive and not extractable.</summary>
/// <remarks>Needs a login. Keys of a session live until they are disposed or the token goes away; persistent ones stay under their label.</remarks>
public sealed class Pkcs11KeyFactory : IKeyFactory
{
    private const int SecretKeyLength = 32;

    private readonly TokenConnection _connection;
    private readonly CryptoProvider _software;
    private readonly string? _label;
    private readonly byte[]? _id;
    private readonly bool _forAnyUse;

    internal Pkcs11KeyFactory(TokenConnection connection, CryptoProvider software, string? label = null, byte[]? id = null, bool forAnyUse = false)
    {
        _connection = connection;
        _software = software;
        _label = label;
        _id = id;
        _forAnyUse = forAnyUse;
    }

    /// <inheritdoc/>
    public async ValueTask<ISigningKey> CreateSigningKeyAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken = default) =>
        Signing(await Pairs().GenerateAsync(algorithm, CKA.CKA_SIGN, CKA.CKA_VERIFY, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async ValueTask<IDecryptionKey> CreateDecryptionKeyAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken = default)
    {
        if (algorithm is not (KeyAlgorithm.Rsa2048 or KeyAlgorithm.Rsa3072 or KeyAlgorithm.Rsa4096))
            throw new ArgumentOutOfRangeException(nameof(algorithm));
        var made = await Pairs().GenerateAsync(algorithm, CKA.CKA_DECRYPT, CKA.CKA_ENCRYPT, cancellationToken).ConfigureAwait(false);
        return new TokenDecryptionKey(made.Key, made.PublicKey);
    }

    /// <inheritdoc/>
    public async ValueTask<IKeyAgreementKey> CreateKeyAgreementKeyAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken = default)
    {
        if (algorithm is not (KeyAlgorithm.EcP256 or KeyAlgorithm.EcP384 or KeyAlgorithm.EcP521))
            throw new ArgumentOutOfRangeException(nameof(algorithm));
        var made = await Pairs().GenerateAsync(algorithm, CKA.CKA_DERIVE, publicUse: null, cancellationToken).ConfigureAwait(false);
        return new TokenKeyAgreementKey(made.Key, made.PublicKey, _software);
    }

    /// <inheritdoc/>
    /// <remarks>The exponent is drawn here and imported, because not every token draws one of the profile's length.</remarks>
    public async ValueTask<IDhKey> CreateDhKeyAsync(DhGroup group, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        using var candidate = Secret.Random(group.CandidateLength, _software.Random);
        using var exponent = group.ExponentFrom(candidate);
        return await ImportDhKeyAsync(group, exponent, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<ISecretKey> CreateSecretKeyAsync(CancellationToken cancellationToken = default) =>
        new TokenSecretKey(await PlaceSecretAsync((session, template) =>
        {
            using var mechanism = LibraryLoader.Factories.MechanismFactory.Create(CKM.CKM_GENERIC_SECRET_KEY_GEN);
            return session.GenerateKey(mechanism, template.With(CKA.CKA_VALUE_LEN, SecretKeyLength));
        }, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async ValueTask<ISigningKey> ImportSigningKeyAsync(Secret pkcs8, CancellationToken cancellationToken = default)
    {
        using var checkedKey = await _software.Keys.ImportSigningKeyAsync(pkcs8, cancellationToken).ConfigureAwait(false);
        using var parts = PrivateKeyParts.Read(pkcs8, checkedKey.SubjectPublicKeyInfo.Span);
        return Signing(await Pairs().ImportAsync(parts, CKA.CKA_SIGN, CKA.CKA_VERIFY, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async ValueTask<IDecryptionKey> ImportDecryptionKeyAsync(Secret pkcs8, CancellationToken cancellationToken = default)
    {
        using var checkedKey = await _software.Keys.ImportDecryptionKeyAsync(pkcs8, cancellationToken).ConfigureAwait(false);
        using var parts = PrivateKeyParts.Read(pkcs8, checkedKey.SubjectPublicKeyInfo.Span);
        var made = await Pairs().ImportAsync(parts, CKA.CKA_DECRYPT, CKA.CKA_ENCRYPT, cancellationToken).ConfigureAwait(false);
        return new TokenDecryptionKey(made.Key, made.PublicKey);
    }

    /// <inheritdoc/>
    public async ValueTask<IKeyAgreementKey> ImportKeyAgreementKeyAsync(Secret pkcs8, CancellationToken cancellationToken = default)
    {
        using var checkedKey = await _software.Keys.ImportKeyAgreementKeyAsync(pkcs8, cancellationToken).ConfigureAwait(false);
        using var parts = PrivateKeyParts.Read(pkcs8, checkedKey.SubjectPublicKeyInfo.Span);
        var made = await Pairs().ImportAsync(parts, CKA.CKA_DERIVE, publicUse: null, cancellationToken).ConfigureAwait(false);
        return new TokenKeyAgreementKey(made.Key, made.PublicKey, _software);
    }

    /// <inheritdoc/>
    public async ValueTask<IDhKey> ImportDhKeyAsync(DhGroup group, Secret exponent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(exponent);
        cancellationToken.ThrowIfCancellationRequested();
        var y = _software.DiffieHellman.PublicValue(group, exponent); // checks the exponent
        var placement = Placement();
        var pairs = new KeyPairs(_connection, placement);
        using var copy = exponent.Copy();
        var key = await pairs.RunAsync((link, session) =>
        {
            pairs.RequireFree(session, CKO.CKO_PRIVATE_KEY);
            var privateTemplate = OfGroup(KeyTemplates.Private((ulong)CKK.CKK_DH, placement, CKA.CKA_DERIVE), group).WithSecret(CKA.CKA_VALUE, copy);
            var publicTemplate = OfGroup(KeyTemplates.Public((ulong)CKK.CKK_DH, placement, use: null), group).With(CKA.CKA_VALUE, y);
            var handle = TokenObjects.Create(session, privateTemplate);
            var publicHandle = TokenObjects.Create(session, publicTemplate);
            return pairs.Take(link, session, handle, publicHandle);
        }, cancellationToken).ConfigureAwait(false);
        return new TokenDhKey(key, group, y, _software);
    }

    /// <inheritdoc/>
    public async ValueTask<ISecretKey> ImportSecretKeyAsync(Secret octets, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(octets);
        if (octets.Length < SecretKeyLength)
            throw new CryptoProviderException(CryptoError.WeakKey, "The secret key is shorter than 32 octets.");
        using var copy = octets.Copy();
        return new TokenSecretKey(await PlaceSecretAsync(
            (session, template) => session.CreateObject(template.WithSecret(CKA.CKA_VALUE, copy)), cancellationToken).ConfigureAwait(false));
    }

    private static List<IObjectAttribute> OfGroup(List<IObjectAttribute> template, DhGroup group) =>
        template.With(CKA.CKA_PRIME, group.P.ToArray()).With(CKA.CKA_BASE, group.G.ToArray());

    private KeyPlacement Placement() => new(_label, _id ?? _software.Random.Octets(16), _forAnyUse);

    private KeyPairs Pairs() => new(_connection, Placement());

    private ISigningKey Signing(CreatedKey made) => made.PublicKey.Kind == TokenKeyKind.Ed25519
        ? new TokenEd25519Key(made.Key, made.PublicKey)
        : new TokenSigningKey(made.Key, made.PublicKey, _software);

    private Task<TokenObject> PlaceSecretAsync(Func<ISession, List<IObjectAttribute>, IObjectHandle> make, CancellationToken cancellationToken)
    {
        var placement = Placement();
        var pairs = new KeyPairs(_connection, placement);
        return pairs.RunAsync((link, session) =>
        {
            pairs.RequireFree(session, CKO.CKO_SECRET_KEY);
            var template = KeyTemplates.Hmac(placement);
            try
            {
                return pairs.Take(link, session, make(session, template));
            }
            finally
            {
                TokenObjects.Release(template);
            }
        }, cancellationToken);
    }
}
