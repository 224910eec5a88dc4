using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Generates and imports RSA, elliptic-curve and Ed25519 keys in a token.</summary>
/// <param name="connection">The token.</param>
/// <param name="placement">Where the keys go.</param>
internal sealed class KeyPairs(TokenConnection connection, KeyPlacement placement)
{
    private const ulong EdwardsType = 0x40; // CKK_EC_EDWARDS, PKCS #11 v3.0 §2.3.5
    private const ulong EdwardsGeneration = 0x1055; // CKM_EC_EDWARDS_KEY_PAIR_GEN

    /// <summary>Generates a pair.</summary>
    /// <param name="algorithm">The kind of key.</param>
    /// <param name="use">What the private half is for.</param>
    /// <param name="publicUse">What the public half is for; null for agreement.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<CreatedKey> GenerateAsync(KeyAlgorithm algorithm, CKA use, CKA? publicUse, CancellationToken cancellationToken) => RunAsync((link, session) =>
    {
        var kind = KindOf(algorithm);
        RequireFree(session, CKO.CKO_PRIVATE_KEY);
        var publicTemplate = KeyTemplates.Public(TypeOf(kind), placement, publicUse);
        _ = kind == TokenKeyKind.Rsa
            ? publicTemplate.With(CKA.CKA_MODULUS_BITS, RsaBits(algorithm)).With(CKA.CKA_PUBLIC_EXPONENT, (byte[])[1, 0, 1])
            : publicTemplate.With(CKA.CKA_EC_PARAMS, TokenCurves.Of(kind).Parameters);
        var privateTemplate = KeyTemplates.Private(TypeOf(kind), placement, use);
        try
        {
            using var mechanism = LibraryLoader.Factories.MechanismFactory.Create(GenerationOf(kind));
            session.GenerateKeyPair(mechanism, publicTemplate, privateTemplate, out var publicHandle, out var handle);
            var publicKey = KeyReader.PublicKeyOfPublic(session, publicHandle) ?? throw new CryptoProviderException("The token generated a key that it does not show.");
            return new CreatedKey(Take(link, session, handle, publicHandle), publicKey);
        }
        finally
        {
            TokenObjects.Release(publicTemplate);
            TokenObjects.Release(privateTemplate);
        }
    }, cancellationToken);

    /// <summary>Imports a pair.</summary>
    /// <param name="parts">The numbers of the private key.</param>
    /// <param name="use">What the private half is for.</param>
    /// <param name="publicUse">What the public half is for; null for agreement.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<CreatedKey> ImportAsync(PrivateKeyParts parts, CKA use, CKA? publicUse, CancellationToken cancellationToken) => RunAsync((link, session) =>
    {
        RequireFree(session, CKO.CKO_PRIVATE_KEY);
        var type = TypeOf(parts.PublicKey.Kind);
        var handle = TokenObjects.Create(session, parts.AddPrivate(KeyTemplates.Private(type, placement, use)));
        var publicHandle = TokenObjects.Create(session, parts.AddPublic(KeyTemplates.Public(type, placement, publicUse)));
        return new CreatedKey(Take(link, session, handle, publicHandle), parts.PublicKey);
    }, cancellationToken);

    /// <summary>Runs an operation that makes objects.</summary>
    public Task<T> RunAsync<T>(Func<TokenLink, ISession, T> operation, CancellationToken cancellationToken) =>
        placement.IsPersistent ? connection.RunAsync(operation, cancellationToken) : connection.RunInAnchorAsync(operation, cancellationToken);

    /// <summary>Refuses a second key of one label: nobody could tell them apart.</summary>
    public void RequireFree(ISession session, CKO objectClass)
    {
        if (placement.Label is not { } label)
            return;
        var attributes = LibraryLoader.Factories.ObjectAttributeFactory;
        if (TokenObjects.Find(session, attributes.Create(CKA.CKA_CLASS, objectClass), attributes.Create(CKA.CKA_LABEL, label)).Count > 0)
            throw new CryptoProviderException(CryptoError.NotPermitted, $"The token already holds a key with the label '{label}'.");
    }

    /// <summary>Makes the reference to new objects, the key first.</summary>
    public TokenObject Take(TokenLink link, ISession session, params IReadOnlyList<IObjectHandle> handles) =>
        placement.IsPersistent ? TokenObject.Stored(connection, link, session, handles[0]) : TokenObject.InSession(connection, link, handles);

    private static ulong TypeOf(TokenKeyKind kind) => kind switch
    {
        TokenKeyKind.Rsa => (ulong)CKK.CKK_RSA,
        TokenKeyKind.Ed25519 => EdwardsType,
        _ => (ulong)CKK.CKK_EC,
    };

    private static ulong GenerationOf(TokenKeyKind kind) => kind switch
    {
        TokenKeyKind.Rsa => (ulong)CKM.CKM_RSA_PKCS_KEY_PAIR_GEN,
        TokenKeyKind.Ed25519 => EdwardsGeneration,
        _ => (ulong)CKM.CKM_EC_KEY_PAIR_GEN,
    };

    private static TokenKeyKind KindOf(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Rsa2048 or KeyAlgorithm.Rsa3072 or KeyAlgorithm.Rsa4096 => TokenKeyKind.Rsa,
        KeyAlgorithm.EcP256 => TokenKeyKind.EcP256,
        KeyAlgorithm.EcP384 => TokenKeyKind.EcP384,
        KeyAlgorithm.EcP521 => TokenKeyKind.EcP521,
        KeyAlgorithm.Ed25519 => TokenKeyKind.Ed25519,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    private static int RsaBits(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Rsa2048 => 2048,
        KeyAlgorithm.Rsa3072 => 3072,
        _ => 4096,
    };
}
