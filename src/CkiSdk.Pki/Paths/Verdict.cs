using CkiSdk.Asn1;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Pki.Paths;

/// <summary>Is what the validation of one path came to.</summary>
internal sealed record Verdict(IReadOnlyList<Certificate> Path, TrustAnchor Anchor, IReadOnlyList<ObjectIdentifier> Policies, IReadOnlyList<PathReason> Reasons);
