namespace CkiSdk.Crypto;

/// <summary>Is a private key that may leave where it lives; keys in tokens are not of this kind.</summary>
public interface IExportableKey : ILocatedKey
{
    /// <summary>Exports the private key as the DER of PrivateKeyInfo (RFC 5958 §2).</summary>
    /// <returns>The DER, owned by the caller.</returns>
    Secret ExportPkcs8();
}
