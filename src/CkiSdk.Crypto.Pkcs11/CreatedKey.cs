namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Holds a new key until somebody takes it.</summary>
internal sealed record CreatedKey(TokenObject Key, TokenPublicKey PublicKey) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Key.Dispose();
}
