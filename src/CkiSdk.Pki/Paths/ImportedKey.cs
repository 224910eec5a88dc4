using CkiSdk.Crypto;

namespace CkiSdk.Pki.Paths;

/// <summary>Is a public key that was imported, or why it could not be.</summary>
internal sealed record ImportedKey(IVerificationKey? Key, CryptoError Error) : IDisposable
{
    public void Dispose() => Key?.Dispose();

    // One entry is one key: what it says is not compared.
    public bool Equals(ImportedKey? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
