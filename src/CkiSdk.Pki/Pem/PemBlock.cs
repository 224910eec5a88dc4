using CkiSdk.Crypto;

namespace CkiSdk.Pki.Pem;

/// <summary>Is one block of a PEM text (RFC 7468 §2), with the headers of the traditional encryption (RFC 1421 §4.6).</summary>
/// <param name="Label">The label, such as PRIVATE KEY.</param>
/// <param name="Encryption">The value of DEK-Info; <see langword="null"/> if there is none.</param>
/// <param name="Content">The octets, owned by the block.</param>
internal sealed record PemBlock(string Label, string? Encryption, Secret Content) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Content.Dispose();
}
