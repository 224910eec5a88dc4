using CkiSdk.Asn1;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Pki.Paths;

/// <summary>Says whether a certification path was found, and which, or everything that is wrong with the best one.</summary>
public sealed class ValidationResult
{
    internal ValidationResult(IReadOnlyList<Certificate> path, TrustAnchor? anchor, IReadOnlyList<ObjectIdentifier> policies, IReadOnlyList<PathReason> reasons) =>
        (Path, Anchor, Policies, Reasons) = (path, anchor, policies, reasons);

    /// <summary>Gets whether the certificate is valid.</summary>
    public bool IsValid => Reasons.Count == 0;

    /// <summary>Gets the path: the certificate itself first, the anchor last where it is a certificate. If it is not valid, the path that came furthest.</summary>
    public IReadOnlyList<Certificate> Path { get; }

    /// <summary>Gets the anchor at its end, or <see langword="null"/> if none was reached.</summary>
    public TrustAnchor? Anchor { get; }

    /// <summary>Gets the policies of the user's set that are valid along the path (RFC 5280 §6.1.6); anyPolicy if all are.</summary>
    public IReadOnlyList<ObjectIdentifier> Policies { get; }

    /// <summary>Gets everything that is wrong, up to some 256 reasons; empty if nothing is.</summary>
    public IReadOnlyList<PathReason> Reasons { get; }

    /// <summary>Gives everything that is wrong, or says that the certificate is valid.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => IsValid ? "valid" : string.Join("; ", Reasons);
}
