using CkiSdk.Asn1;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Pki.Cms.Signatures;

/// <summary>Says what is known of a signed message beside its octets.</summary>
public sealed record VerificationOptions
{
    /// <summary>Gets the content, where it travels apart from the message; read to its end.</summary>
    public Stream? DetachedContent { get; init; }

    /// <summary>Gets certificates among which signers are looked for, before those of the message.</summary>
    public IReadOnlyList<Certificate> Certificates { get; init; } = [];

    /// <summary>Gets the old algorithms that are permitted.</summary>
    public LegacyAlgorithms Allowed { get; init; }

    /// <summary>Gets how large the parts around the content may be.</summary>
    public DerLimits Limits { get; init; } = DerLimits.Default;
}
