using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Envelopes;

namespace CkiSdk.Pki.Exchange;

/// <summary>Is one side of an exchange: a certificate whose key signs and receives keys, RSA or elliptic-curve.</summary>
public sealed record ExchangeIdentity
{
    /// <summary>Gets the certificate.</summary>
    public required Certificate Certificate { get; init; }

    /// <summary>Gets certificates of authorities above it, which the peer may need; at most nine.</summary>
    public IReadOnlyList<Certificate> Authorities { get; init; } = [];

    /// <summary>Gets the private key as one that signs; it stays the caller's.</summary>
    public required ISigningKey SigningKey { get; init; }

    /// <summary>Gets the private key as one that opens what was encrypted to the certificate.</summary>
    public required EnvelopeKey EnvelopeKey { get; init; }
}
